import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { isRevocable } from '../../lib/isRevocable';
import { apiKeysTranslationRef } from '../../translation';
import { KeyTable, useTableStyles } from '../KeyTable';
import { InventoryRow } from './InventoryRow';

const COLUMNS = [
  'name',
  'owner',
  'status',
  'expires',
  'lastUsed',
  'created',
] as const;

/** Everybody's keys. */
export const InventoryTable = (props: {
  keys: ApiKey[];
  /** Other keys are on their way. */
  updating: boolean;
  /** Those of the keys that are ticked. */
  selected: ApiKey[];
  /** Nothing can be ticked without it. */
  onSelect?: (selected: ApiKey[]) => void;
}) => {
  const { keys, updating, selected, onSelect } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useTableStyles();
  const selectable = keys.filter(isRevocable);

  const columns = COLUMNS.map(id => ({ id, title: t(`column.${id}`) }));
  const selectColumn = onSelect && {
    id: 'select',
    className: classes.selectCell,
    title: (
      <Checkbox
        color="primary"
        size="small"
        checked={selected.length > 0 && selected.length === selectable.length}
        indeterminate={
          selected.length > 0 && selected.length < selectable.length
        }
        disabled={selectable.length === 0}
        onChange={event => onSelect(event.target.checked ? selectable : [])}
        inputProps={{ 'aria-label': t('inventory.selectAll') }}
      />
    ),
  };

  return (
    <KeyTable
      label={t('inventory.label')}
      columns={selectColumn ? [selectColumn, ...columns] : columns}
      updating={updating}
    >
      {keys.map(apiKey => (
        <InventoryRow
          key={apiKey.id}
          apiKey={apiKey}
          selected={selected.includes(apiKey)}
          onSelect={
            onSelect &&
            (ticked =>
              onSelect(
                ticked
                  ? [...selected, apiKey]
                  : selected.filter(({ id }) => id !== apiKey.id),
              ))
          }
        />
      ))}
    </KeyTable>
  );
};
