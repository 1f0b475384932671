import { DateTime } from 'luxon';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Maximum age of "just now". */
const JUST_NOW = 5 * SECOND;

/** Unit, its length, and the distance up to which it is used; finest first. */
const STEPS = [
  { unit: 'second', length: SECOND, below: MINUTE },
  { unit: 'minute', length: MINUTE, below: HOUR },
  { unit: 'hour', length: HOUR, below: 2 * DAY },
  { unit: 'day', length: DAY, below: 100 * DAY },
  { unit: 'month', length: 30.44 * DAY, below: 730 * DAY },
  { unit: 'year', length: 365.25 * DAY, below: Infinity },
] as const;

/** Returns true for a time so recent that counting seconds would flicker. */
export function isJustNow(time: string, now: number): boolean {
  const age = now - DateTime.fromISO(time).toMillis();
  return age >= 0 && age < JUST_NOW;
}

/**
 * Formats the distance of two times, such as "3 hours ago" or "in 90 days".
 *
 * Days are used up to about three months, rounded to the nearest: people create keys "for 90 days", and "in 2 months"
 * or "in 89 days" a second later would look wrong.
 */
export function relativeTime(
  time: string,
  now: number,
  locale: string,
): string {
  const distance = DateTime.fromISO(time).toMillis() - now;
  const step =
    STEPS.find(
      ({ length, below }) =>
        Math.round(Math.abs(distance) / length) * length < below,
    ) ?? STEPS[STEPS.length - 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(
    Math.round(distance / step.length),
    step.unit,
  );
}

/** Formats a time in the time zone of the reader, to the second. */
export function exactTime(time: string, locale: string): string {
  return DateTime.fromISO(time)
    .setLocale(locale)
    .toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS);
}

/** Formats day and minute in the time zone of the reader. */
export function dayAndTime(time: DateTime, locale: string): string {
  return time.setLocale(locale).toLocaleString({
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
}
