import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { memo } from 'react';
import { useLocale } from '../../translations/useLocale';
import { useTranslation } from '../../translations/useTranslation';
import { exactTime, isJustNow, relativeTime } from './formatTime';
import { useNow } from './useNow';

type TimeTextProps = {
  time: string;
  text: string;
  exact: string;
  details?: string;
};

/** Memoized, so that the ticking clock renders it only when the text changes. */
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
    {/* In the tab order, since only the tooltip has the exact time. */}
    <Typography component="time" variant="inherit" dateTime={time} tabIndex={0}>
      {text}
    </Typography>
  </Tooltip>
));

type RelativeTimeProps = {
  /** ISO 8601. */
  time: string;
  /** Set for a time in the past. If it seems to be in the future, a clock is wrong. */
  past?: boolean;
  /** More lines for the tooltip. */
  details?: string;
};

/** A relative time that updates itself, with the exact local time as tooltip. */
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
