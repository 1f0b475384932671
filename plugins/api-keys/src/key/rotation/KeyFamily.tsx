import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { Ref, useRef, useState } from 'react';
import { useTranslation } from '../../translations/useTranslation';
import { FamilyMember } from './FamilyMember';
import { familyLine, FamilyMember as Member } from './familyLine';

/** Older keys of the family are collapsed. */
const SHOWN = 5;

const useStyles = makeStyles(theme => ({
  line: { listStyle: 'none', margin: 0, padding: 0, outline: 'none' },
  // Draws a dot for each key, with a line to the next.
  item: {
    position: 'relative',
    padding: theme.spacing(0.75, 0, 0.75, 3),
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 3,
      top: 14,
      width: 10,
      height: 10,
      borderRadius: '50%',
      border: `2px solid ${theme.palette.text.secondary}`,
    },
    '&:not(:last-child)::after': {
      content: '""',
      position: 'absolute',
      left: 7,
      top: 26,
      bottom: -12,
      width: 2,
      backgroundColor: theme.palette.divider,
    },
  },
  here: {
    '&::before': {
      backgroundColor: theme.palette.primary.main,
      borderColor: theme.palette.primary.main,
    },
  },
  older: { marginBottom: theme.spacing(1) },
}));

type LineProps = {
  members: Member[];
  hereId: string;
  listRef?: Ref<HTMLOListElement>;
};

function Line(props: LineProps) {
  const { members, hereId, listRef } = props;
  const classes = useStyles();
  return (
    <ol
      ref={listRef}
      className={classes.line}
      tabIndex={listRef ? -1 : undefined}
    >
      {members.map(member => {
        const isHere = member.apiKey.id === hereId;
        return (
          <li
            key={member.apiKey.id}
            className={`${classes.item} ${isHere ? classes.here : ''}`}
          >
            <FamilyMember member={member} isHere={isHere} />
            {member.dropped.length > 0 && (
              <Line members={member.dropped} hereId={hereId} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

const isIn = (members: Member[], id: string): boolean =>
  members.some(({ apiKey, dropped }) => apiKey.id === id || isIn(dropped, id));

type KeyFamilyProps = {
  keys: ApiKey[];
  /** Id of the key of the page. */
  hereId: string;
};

/** The rotation family as a tree. Successors that were never used are nested under their predecessor. */
export function KeyFamily(props: KeyFamilyProps) {
  const { keys, hereId } = props;
  const { t } = useTranslation();
  const classes = useStyles();
  const members = familyLine(keys);
  const latest = members.slice(-SHOWN);
  const [all, setAll] = useState(false);
  const listRef = useRef<HTMLOListElement>(null);
  const older = members.length - latest.length;
  // The key of the page is always shown.
  const showsAll = all || older === 0 || !isIn(latest, hereId);
  return (
    <>
      <Typography variant="body2" color="textSecondary" gutterBottom>
        {t('keyFamily.intro')}
      </Typography>
      {!showsAll && (
        <Button
          size="small"
          className={classes.older}
          onClick={() => {
            setAll(true);
            // The focused button disappears, so the focus moves to the list.
            listRef.current?.focus();
          }}
        >
          {t('keyFamily.older', { count: older })}
        </Button>
      )}
      <Line
        listRef={listRef}
        members={showsAll ? members : latest}
        hereId={hereId}
      />
    </>
  );
}
