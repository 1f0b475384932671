import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { isRevocable } from '../../lib/isRevocable';
import { apiKeysTranslationRef } from '../../translation';
import {
  KeyExpiry,
  KeyLastUse,
  KeyName,
  KeyState,
  LabelledCell,
  useTableStyles,
} from '../KeyTable';
import { OwnerLink } from '../OwnerLink';
import { RelativeTime } from '../RelativeTime';

/** A key of anybody in the inventory. */
export const InventoryRow = (props: {
  apiKey: ApiKey;
  selected: boolean;
  /** Nothing can be ticked without it. */
  onSelect?: (selected: boolean) => void;
}) => {
  const { apiKey, selected, onSelect } = props;
  const { t } = useTranslationRef(apiKeysTranslationRef);
  const classes = useTableStyles();
  const { name, owner, createdAt, lastUsedAt, lastUsedIp } = apiKey;
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
      </TableCell>
      <LabelledCell label={t('column.owner')} className={classes.anywhere}>
        <OwnerLink owner={owner} />
      </LabelledCell>
      <LabelledCell label={t('column.status')}>
        <KeyState apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.expires')}>
        <KeyExpiry apiKey={apiKey} />
      </LabelledCell>
      <LabelledCell label={t('column.lastUsed')}>
        <KeyLastUse apiKey={apiKey} />
        {lastUsedAt && lastUsedIp && (
          <div className={classes.detail}>
            {t('key.fromIp', { ip: lastUsedIp })}
          </div>
        )}
      </LabelledCell>
      <LabelledCell label={t('column.created')}>
        <RelativeTime time={createdAt} past />
      </LabelledCell>
    </TableRow>
  );
};
