import { makeStyles } from '@material-ui/core/styles';
import { memo } from 'react';
import { useTranslation } from '../../translations/useTranslation';

const BAR = 2;
const GAP = 1;
const HEIGHT = 20;

const useStyles = makeStyles(theme => ({
  root: { display: 'block', flex: 'none', marginBottom: 2 },
  used: { fill: theme.palette.primary.main },
  unused: { fill: theme.palette.text.secondary, opacity: 0.4 },
}));

/** Bars of uses by day. Days without use have a mark, so that today is always on the right. */
export const Sparkline = memo(({ days }: { days: readonly number[] }) => {
  const { t } = useTranslation();
  const classes = useStyles();
  const count = days.reduce((sum, uses) => sum + uses, 0);
  const used = days.filter(uses => uses > 0).length;
  const label =
    used === 0
      ? t('list.unused', { days: `${days.length}` })
      : t('list.usage', { count, used: `${used}`, days: `${days.length}` });
  const max = Math.max(...days);
  // Any use has a visible height.
  const heightOf = (uses: number) =>
    uses === 0 ? 1 : Math.max(3, (uses / max) * HEIGHT);
  return (
    <svg
      className={classes.root}
      role="img"
      aria-label={label}
      width={days.length * (BAR + GAP) - GAP}
      height={HEIGHT}
    >
      <title>{label}</title>
      {days.map((uses, day) => (
        <rect
          // eslint-disable-next-line react/no-array-index-key -- the place is all that there is to a day
          key={day}
          className={uses === 0 ? classes.unused : classes.used}
          x={day * (BAR + GAP)}
          y={HEIGHT - heightOf(uses)}
          width={BAR}
          height={heightOf(uses)}
        />
      ))}
    </svg>
  );
});
