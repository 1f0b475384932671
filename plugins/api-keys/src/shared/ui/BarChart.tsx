import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { KeyboardEvent, useState } from 'react';

export type Bar = {
  id: string;
  value: number;
  /** Label of the bar, including its value. */
  label: string;
  /** Segments from the bottom up; they add up to `value`. */
  parts?: { id: string; value: number; color: string }[];
};

const HEIGHT = 64;

const useStyles = makeStyles(theme => ({
  root: {
    flex: '1 1 280px',
    minWidth: 0,
    padding: theme.spacing(1.5),
    borderRadius: theme.shape.borderRadius,
    border: `1px solid ${theme.palette.divider}`,
    backgroundColor: theme.palette.background.paper,
  },
  head: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  bars: {
    display: 'flex',
    height: HEIGHT,
    borderBottom: `1px solid ${theme.palette.divider}`,
  },
  bar: {
    flex: '1 1 0',
    alignItems: 'flex-end',
    justifyContent: 'stretch',
    padding: '0 1px',
    '&:hover': { backgroundColor: theme.palette.action.hover },
    '&:focus-visible': {
      outline: `2px solid ${theme.palette.primary.main}`,
      outlineOffset: -2,
    },
    '&[aria-pressed="true"]': {
      backgroundColor: theme.palette.action.selected,
    },
  },
  fill: {
    flex: 1,
    maxWidth: 24,
    margin: '0 auto',
    borderRadius: '2px 2px 0 0',
    backgroundColor: theme.palette.primary.main,
  },
  stack: {
    display: 'flex',
    flexDirection: 'column-reverse',
    overflow: 'hidden',
    backgroundColor: 'transparent',
  },
  // Any segment is visible, with a gap to the next.
  part: {
    minHeight: 2,
    '& + &': { borderBottom: `1px solid ${theme.palette.background.paper}` },
  },
  axis: {
    display: 'flex',
    justifyContent: 'space-between',
    color: theme.palette.text.secondary,
  },
  detail: { color: theme.palette.text.secondary },
}));

/** Any value has a visible height. */
const heightOf = (value: number, max: number) =>
  value === 0 ? 0 : Math.max(2, Math.round((value / max) * HEIGHT));

type BarChartProps = {
  title: string;
  /** Text for the sum of all bars. */
  total: string;
  /** Labels below the first and last bar. */
  axis: [string, string];
  bars: Bar[];
  selected?: string;
  onSelect: (id: string) => void;
};

/** Bar chart by day. It is a single tab stop; arrow keys move between bars. */
export function BarChart(props: BarChartProps) {
  const { title, total, axis, bars, selected, onSelect } = props;
  const classes = useStyles();
  const [focused, setFocused] = useState(0);
  const max = Math.max(...bars.map(({ value }) => value));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = Math.min(Math.max(focused + step, 0), bars.length - 1);
    setFocused(next);
    const buttons = event.currentTarget.parentElement?.children;
    (buttons?.[next] as HTMLElement).focus();
  };

  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <Typography variant="body2">{title}</Typography>
        <Typography variant="body2" className={classes.detail}>
          {total}
        </Typography>
      </div>
      <div className={classes.bars} role="group" aria-label={title}>
        {bars.map(({ id, value, label, parts }, i) => (
          <Tooltip key={id} title={label}>
            <ButtonBase
              className={classes.bar}
              aria-label={label}
              aria-pressed={id === selected}
              tabIndex={i === focused ? 0 : -1}
              onFocus={() => setFocused(i)}
              onKeyDown={onKeyDown}
              onClick={() => onSelect(id)}
            >
              <span
                className={`${classes.fill} ${parts ? classes.stack : ''}`}
                style={{ height: heightOf(value, max) }}
              >
                {parts?.map(part => (
                  <span
                    key={part.id}
                    className={classes.part}
                    style={{
                      flexGrow: part.value,
                      backgroundColor: part.color,
                    }}
                  />
                ))}
              </span>
            </ButtonBase>
          </Tooltip>
        ))}
      </div>
      <Typography variant="caption" component="div" className={classes.axis}>
        <span>{axis[0]}</span>
        <span>{axis[1]}</span>
      </Typography>
    </div>
  );
}
