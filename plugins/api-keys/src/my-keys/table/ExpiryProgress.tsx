import { makeStyles, Theme } from '@material-ui/core/styles';
import { ApiKey, isAcceptedStatus } from 'backstage-plugin-api-keys-common';
import { memo } from 'react';
import { elapsedLifetime, warningOf } from '../../shared/keys/keyWarning';
import { warningColor } from '../../shared/keys/warningColor';
import { useNow } from '../../shared/time/useNow';

type Tone = 'calm' | 'warning' | 'over';

const useStyles = makeStyles<Theme, { tone: Tone }>(theme => ({
  track: {
    width: 90,
    maxWidth: '100%',
    height: 3,
    borderRadius: 2,
    overflow: 'hidden',
    marginTop: theme.spacing(0.5),
    backgroundColor: theme.palette.action.disabledBackground,
    [theme.breakpoints.down('sm')]: { marginLeft: 'auto' },
  },
  spent: {
    height: '100%',
    backgroundColor: ({ tone }) =>
      ({
        calm: theme.palette.primary.main,
        warning: warningColor(theme),
        over: theme.palette.text.disabled,
      }[tone]),
  },
}));

/** Memoized, so that the ticking clock renders it only when it changes. */
const Bar = memo(({ percent, tone }: { percent: number; tone: Tone }) => {
  const classes = useStyles({ tone });
  // Hidden from screen readers, which read the text next to it.
  return (
    <div className={classes.track} aria-hidden>
      <div className={classes.spent} style={{ width: `${percent}%` }} />
    </div>
  );
});

type ExpiryProgressProps = { apiKey: ApiKey };

/** Elapsed part of a key's lifetime; nothing for a key without expiry. */
export function ExpiryProgress({ apiKey }: ExpiryProgressProps) {
  const now = useNow();
  const spent = elapsedLifetime(apiKey, now);
  if (spent === undefined) return null;
  const isOver = !isAcceptedStatus(apiKey.status);
  const tone = warningOf(apiKey, now)?.cause === 'expiry' ? 'warning' : 'calm';
  return (
    <Bar percent={Math.round(spent * 100)} tone={isOver ? 'over' : tone} />
  );
}
