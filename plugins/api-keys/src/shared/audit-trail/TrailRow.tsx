import IconButton from '@material-ui/core/IconButton';
import TableCell from '@material-ui/core/TableCell';
import TableRow from '@material-ui/core/TableRow';
import KeyboardArrowDownIcon from '@material-ui/icons/KeyboardArrowDown';
import KeyboardArrowUpIcon from '@material-ui/icons/KeyboardArrowUp';
import { ApiKeyEvent } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { LabelledCell } from '../list/LabelledCell';
import { useTableStyles } from '../list/useTableStyles';
import { RelativeTime } from '../time/RelativeTime';
import { OwnerLink } from '../ui/OwnerLink';
import { UserText } from '../ui/UserText';
import { CategoryChip } from './CategoryChip';
import { EventAuthor } from './EventAuthor';
import { nameIn } from './eventFields';
import { EventDetails } from './EventDetails';
import { KeyLink } from './KeyLink';
import { useTrailStyles } from './useTrailStyles';
import { useTypeText } from './useTypeText';

type TrailRowProps = {
  event: ApiKeyEvent;
  /** Set if the list shows events of this key only. */
  isOfKey: boolean;
  /** Set on the page of a key, which need not repeat owner and name. */
  isOfKeyPage: boolean;
  /** Number of columns. */
  columns: number;
};

/** An event with expandable details. */
export function TrailRow(props: TrailRowProps) {
  const { event, isOfKey, isOfKeyPage, columns } = props;
  const { t } = useTranslation();
  const typeText = useTypeText();
  const classes = { ...useTableStyles(), ...useTrailStyles() };
  const [open, setOpen] = useState(false);
  const name = nameIn(event);
  const detailsId = `api-keys-event-${event.id}`;
  const rowClass = `${classes.row} ${open ? classes.openRow : ''}`;
  return (
    <>
      <TableRow role="row" className={rowClass}>
        <TableCell role="cell" className={classes.selectCell}>
          <IconButton
            size="small"
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            aria-label={open ? t('event.hide') : t('event.show')}
            onClick={() => setOpen(!open)}
          >
            {open ? <KeyboardArrowUpIcon /> : <KeyboardArrowDownIcon />}
          </IconButton>
        </TableCell>
        <TableCell
          role="cell"
          className={`${classes.cell} ${classes.nameCell} ${classes.besideSelect}`}
        >
          <span className={classes.what}>
            <span className={classes.name}>{typeText(event.type)}</span>
            <CategoryChip category={event.category} />
          </span>
        </TableCell>
        <LabelledCell label={t('event.when')}>
          <RelativeTime time={event.at} past />
        </LabelledCell>
        {!isOfKeyPage && (
          <>
            <LabelledCell label={t('event.key')} className={classes.anywhere}>
              {name && (
                <div>
                  <UserText>{name}</UserText>
                </div>
              )}
              <KeyLink id={event.keyId} here={isOfKey} />
            </LabelledCell>
            <LabelledCell label={t('event.owner')} className={classes.anywhere}>
              <OwnerLink owner={event.owner} />
            </LabelledCell>
          </>
        )}
        <LabelledCell label={t('event.by')} className={classes.anywhere}>
          <EventAuthor event={event} />
        </LabelledCell>
      </TableRow>
      {open && (
        <TableRow role="row" id={detailsId} className={classes.detailsRow}>
          <TableCell
            role="cell"
            colSpan={columns}
            className={classes.detailsCell}
          >
            <EventDetails event={event} />
          </TableCell>
        </TableRow>
      )}
    </>
  );
}
