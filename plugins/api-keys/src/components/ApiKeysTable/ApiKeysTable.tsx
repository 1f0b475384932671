import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useTexts } from '../../hooks/useTexts';
import { useUsage } from '../../hooks/useUsage';
import { KeyAction } from '../../lib/keyActions';
import { KeyTable, useTableStyles } from '../KeyTable';
import { ApiKeyRow } from './ApiKeyRow';

const COLUMNS = [
  'name',
  'status',
  'created',
  'expires',
  'lastUsed',
  'actions',
] as const;

/** Keys, and what can be done with each. */
export const ApiKeysTable = (props: {
  keys: ApiKey[];
  /** Other keys are on their way. */
  updating: boolean;
  onAction: (action: KeyAction, apiKey: ApiKey) => void;
}) => {
  const { keys, updating, onAction } = props;
  const { t } = useTexts();
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
};
