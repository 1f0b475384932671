import Checkbox from '@material-ui/core/Checkbox';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { isRevocable } from '../../../shared/keys/isRevocable';
import { KeyName } from '../../../shared/list/cells';
import { KeyRestrictions } from '../../../shared/list/KeyRestrictions';
import { LabelledCell } from '../../../shared/list/LabelledCell';
import { useTableStyles } from '../../../shared/list/useTableStyles';
import { useTranslation } from '../../../translations/useTranslation';
import { InventoryCell, InventoryColumn } from './columns';
import { KeyActions, RowMenu } from './RowMenu';

const WRAPPED: InventoryColumn[] = ['owner', 'createdBy', 'scopes', 'id'];

type InventoryRowProps = {
  apiKey: ApiKey;
  columns: InventoryColumn[];
  selected: boolean;
  /** Left out to disable selection. */
  onSelect?: (selected: boolean) => void;
  /** Left out for users who can only read. */
  actions?: KeyActions;
};

/** One key of the inventory. */
export function InventoryRow(props: InventoryRowProps) {
  const { apiKey, columns, selected, onSelect, actions } = props;
  const { t } = useTranslation();
  const classes = useTableStyles();
  const { name } = apiKey;
  const nameClass = `${classes.nameCell} ${classes.besideSelect}`;
  return (
    <TableRow role="row" className={classes.row} selected={selected}>
      {onSelect && (
        <TableCell role="cell" className={classes.selectCell}>
          {isRevocable(apiKey) && (
            <Checkbox
              color="primary"
              size="small"
              checked={selected}
              onChange={event => onSelect(event.target.checked)}
              inputProps={{ 'aria-label': t('inventory.select', { name }) }}
            />
          )}
        </TableCell>
      )}
      <TableCell role="cell" className={`${classes.cell} ${nameClass}`}>
        <KeyName apiKey={apiKey} />
        <KeyRestrictions apiKey={apiKey} />
      </TableCell>
      {columns.map(column => (
        <LabelledCell
          key={column}
          label={t(`column.${column}`)}
          className={WRAPPED.includes(column) ? classes.anywhere : undefined}
        >
          <InventoryCell column={column} apiKey={apiKey} />
        </LabelledCell>
      ))}
      <TableCell role="cell" className={classes.menuCell}>
        <RowMenu apiKey={apiKey} actions={actions} />
      </TableCell>
    </TableRow>
  );
}
