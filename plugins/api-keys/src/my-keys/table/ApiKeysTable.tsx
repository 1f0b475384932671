import { ApiKey } from 'backstage-plugin-api-keys-common';
import { KeyAction } from '../../key/dialogs/keyActions';
import { KeyTable } from '../../shared/list/KeyTable';
import { useTableStyles } from '../../shared/list/useTableStyles';
import { useTranslation } from '../../translations/useTranslation';
import { ApiKeyRow } from './ApiKeyRow';
import { useUsage } from './useUsage';

const COLUMNS = [
  'name',
  'status',
  'created',
  'expires',
  'lastUsed',
  'actions',
] as const;

type ApiKeysTableProps = {
  keys: ApiKey[];
  /** Set while other keys are loading. */
  updating: boolean;
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
};

/** Table of the user's keys. */
export function ApiKeysTable(props: ApiKeysTableProps) {
  const { keys, updating, onAction } = props;
  const { t } = useTranslation();
  const classes = useTableStyles();
  const usage = useUsage(keys);
  return (
    <KeyTable
      label={t('list.label')}
      updating={updating}
      columns={COLUMNS.map(id => ({
        id,
        title: t(`column.${id}`),
        className: id === 'actions' ? classes.actionsCell : undefined,
      }))}
    >
      {keys.map(apiKey => (
        <ApiKeyRow
          key={apiKey.id}
          apiKey={apiKey}
          uses={usage.get(apiKey.id)}
          onAction={onAction}
        />
      ))}
    </KeyTable>
  );
}
