import Button from '@material-ui/core/Button';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import CheckBoxIcon from '@material-ui/icons/CheckBox';
import CheckBoxOutlineBlankIcon from '@material-ui/icons/CheckBoxOutlineBlank';
import ViewColumnIcon from '@material-ui/icons/ViewColumn';
import { useState } from 'react';
import { useTranslation } from '../../../translations/useTranslation';
import { INVENTORY_COLUMNS, InventoryColumn } from './columns';

const MENU_ID = 'api-keys-columns';

const useStyles = makeStyles({ icon: { minWidth: 32 } });

type ColumnsButtonProps = {
  columns: InventoryColumn[];
  onChange: (columns: InventoryColumn[]) => void;
  /** Columns without data in this portal. They are offered only while they are shown. */
  useless?: InventoryColumn[];
};

/** Selects the columns of the inventory. */
export function ColumnsButton(props: ColumnsButtonProps) {
  const { columns, onChange, useless = [] } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const offered = INVENTORY_COLUMNS.filter(
    column => columns.includes(column) || !useless.includes(column),
  );
  const toggle = (column: InventoryColumn) =>
    onChange(
      columns.includes(column)
        ? columns.filter(each => each !== column)
        : [...columns, column],
    );
  return (
    <>
      <Button
        variant="outlined"
        startIcon={<ViewColumnIcon />}
        aria-haspopup="menu"
        aria-controls={anchor ? MENU_ID : undefined}
        aria-expanded={anchor !== null}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {t('inventory.columns')}
      </Button>
      <Menu
        id={MENU_ID}
        anchorEl={anchor}
        open={anchor !== null}
        onClose={() => setAnchor(null)}
      >
        {offered.map(column => (
          <MenuItem
            key={column}
            role="menuitemcheckbox"
            aria-checked={columns.includes(column)}
            dense
            onClick={() => toggle(column)}
          >
            <ListItemIcon className={classes.icon}>
              {columns.includes(column) ? (
                <CheckBoxIcon fontSize="small" color="primary" />
              ) : (
                <CheckBoxOutlineBlankIcon fontSize="small" />
              )}
            </ListItemIcon>
            {t(`column.${column}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
