import { DateTime } from 'luxon';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How young something may be to have happened "just now", in milliseconds. */
const JUST_NOW = 5 * SECOND;

/** From the finest: the unit, its length, and up to which distance it is used. */
const STEPS = [
  { unit: 'second', length: SECOND, below: MINUTE },
  { unit: 'minute', length: MINUTE, below: HOUR },
  { unit: 'hour', length: HOUR, below: 2 * DAY },
  { unit: 'day', length: DAY, below: 100 * DAY },
  { unit: 'month', length: 30.44 * DAY, below: 730 * DAY },
  { unit: 'year', length: 365.25 * DAY, below: Infinity },
] as const;

/** Whether the moment is so fresh that counting its seconds would only flicker. */
export function isJustNow(time: string, now: number): boolean {
  const age = now - DateTime.fromISO(time).toMillis();
  return age >= 0 && age < JUST_NOW;
}

/**
 * The distance between two moments in words, such as "3 hours ago" or "in 90 days".
 *
 * Days are used up to about three months, and the nearest whole number: people make keys "for 90 days", and
 * a key that says "in 2 months" or "in 89 days" a second later looks wrong.
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

/** The moment in the time zone of the reader, to the second. */
export function exactTime(time: string, locale: string): string {
  return DateTime.fromISO(time)
    .setLocale(locale)
    .toLocaleString(DateTime.DATETIME_FULL_WITH_SECONDS);
}

/** The day and the minute in the time zone of the reader, in words. */
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
