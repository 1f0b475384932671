import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { memo } from 'react';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { exactTime, isJustNow, relativeTime } from './relativeTime';
import { useNow } from './useNow';

type TimeTextProps = {
  time: string;
  text: string;
  exact: string;
  details?: string;
};

/** Kept apart so that the ticking clock renders it only when the text has changed. */
const TimeText = memo(({ time, text, exact, details }: TimeTextProps) => (
  <Tooltip
    title={
      <>
        <div>{exact}</div>
        {details?.split('\n').map(line => (
          <div key={line}>{line}</div>
        ))}
      </>
    }
  >
    {/* In the tab order, since the exact time is to be had in the tooltip only. */}
    <Typography component="time" variant="inherit" dateTime={time} tabIndex={0}>
      {text}
    </Typography>
  </Tooltip>
));

type RelativeTimeProps = {
  /** ISO 8601. */
  time: string;
  /** The moment cannot lie ahead: if it seems to, a clock is wrong. */
  past?: boolean;
  /** More lines for the tooltip. */
  details?: string;
};

/**
 * How long ago or ahead a moment is; it moves on by itself, and its tooltip has the exact local time.
 */
export function RelativeTime(props: RelativeTimeProps) {
  const { time, past, details } = props;
  const { t } = useTranslation();
  const locale = useLocale();
  const present = useNow();
  const now = past ? Math.max(present, Date.parse(time)) : present;
  return (
    <TimeText
      time={time}
      text={
        isJustNow(time, now)
          ? t('time.justNow')
          : relativeTime(time, now, locale)
      }
      exact={exactTime(time, locale)}
      details={details}
    />
  );
}
