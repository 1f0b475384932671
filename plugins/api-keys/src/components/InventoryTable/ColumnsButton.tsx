import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Checkbox from '@material-ui/core/Checkbox';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import ViewColumnIcon from '@material-ui/icons/ViewColumn';
import { useState } from 'react';
import { apiKeysTranslationRef } from '../../translation';
import { INVENTORY_COLUMNS, InventoryColumn } from './columns';

const MENU_ID = 'api-keys-columns';

/** Chooses what the inventory shows of each key. */
export const ColumnsButton = (props: {
  columns: InventoryColumn[];
  onChange: (columns: InventoryColumn[]) => void;
}) => {
  const { columns, onChange } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
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
        {INVENTORY_COLUMNS.map(column => (
          <MenuItem
            key={column}
            role="menuitemcheckbox"
            aria-checked={columns.includes(column)}
            dense
            onClick={() => toggle(column)}
          >
            <Checkbox
              size="small"
              color="primary"
              checked={columns.includes(column)}
              // The item itself is what is ticked, and says so.
              inputProps={{ 'aria-hidden': true, tabIndex: -1 }}
              tabIndex={-1}
            />
            {t(`column.${column}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
};
