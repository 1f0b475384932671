import Checkbox from '@material-ui/core/Checkbox';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { isRevocable } from '../../../shared/keys/isRevocable';
import { KeyTable } from '../../../shared/list/KeyTable';
import { useTableStyles } from '../../../shared/list/useTableStyles';
import { useTranslation } from '../../../translations/useTranslation';
import { InventoryColumn } from './columns';
import { InventoryRow } from './InventoryRow';
import { KeyActions } from './RowMenu';

type InventoryTableProps = {
  keys: ApiKey[];
  /** Columns in addition to the name. */
  columns: InventoryColumn[];
  /** Set while other keys are loading. */
  updating: boolean;
  /** The selected keys. */
  selected: ApiKey[];
  /** Left out to disable selection. */
  onSelect?: (selected: ApiKey[]) => void;
  /** Left out for users who can only read. */
  actions?: KeyActions;
};

/** All keys of the portal. */
export function InventoryTable(props: InventoryTableProps) {
  const { keys, columns, updating, selected, onSelect, actions } = props;
  const { t } = useTranslation();
  const classes = useTableStyles();
  const selectable = keys.filter(isRevocable);

  const headings = (['name', ...columns] as const).map(id => ({
    id,
    title: t(`column.${id}`),
  }));
  const menuColumn = {
    id: 'menu',
    className: classes.menuCell,
    title: (
      <span className={classes.visuallyHidden}>{t('column.actions')}</span>
    ),
  };
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
      columns={[
        ...(selectColumn ? [selectColumn] : []),
        ...headings,
        menuColumn,
      ]}
      updating={updating}
    >
      {keys.map(apiKey => (
        <InventoryRow
          key={apiKey.id}
          apiKey={apiKey}
          columns={columns}
          actions={actions}
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
}
