import { durationToMilliseconds, HumanDuration } from '@backstage/types';
import { DateTime, Duration } from 'luxon';

const DAY = 24 * 60 * 60 * 1000;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

/** Eleven, since a reading with one more year covers twelve months. */
const MONTHS_MAX = 11;

/**
 * The nominal length of a duration in milliseconds, by which durations are compared: a year and twelve months are 365 days,
 * another month is 30 days, and a day is 24 hours.
 *
 * @param duration - in ISO 8601, or as Backstage's configuration has it
 * @public
 */
export function durationLength(duration: string | HumanDuration): number {
  const {
    years = 0,
    months = 0,
    ...rest
  } = typeof duration === 'string'
    ? Duration.fromISO(duration).toObject()
    : duration;
  const wholeYears = years + Math.floor(months / 12);
  return durationToMilliseconds({
    ...rest,
    years: wholeYears,
    months: months % 12,
  });
}

/**
 * The end of a duration by the calendar in UTC: a month ends on the same day of the next month, or on its last.
 *
 * @param start - in milliseconds since 1970, like the end
 * @param duration - in ISO 8601
 * @public
 */
export function endAfter(start: number, duration: string): number {
  return DateTime.fromMillis(start, { zone: 'utc' })
    .plus(Duration.fromISO(duration))
    .toMillis();
}

/**
 * The longest duration that a limit allows, in ISO 8601, where a limit may be meant in days, months or years: one of 365 days
 * allows `P1Y` with a leap day, and one of 30 days `P1M` in a month of 31.
 *
 * The limit is read as whole years with the rest in days, and as whole years and months without it; the later end counts. It
 * never moves back for a longer limit.
 *
 * @param start - in milliseconds since 1970
 * @param limit - the nominal length, in milliseconds
 * @public
 */
export function longestDuration(start: number, limit: number): string {
  const years = Math.floor(limit / YEAR);
  const rest = limit % YEAR;
  const months = Math.min(Math.floor(rest / MONTH), MONTHS_MAX);
  const inDays = inDaysAndLess(rest).plus({ years }).toISO();
  const inMonths = Duration.fromObject({ years, months }).toISO();
  return endAfter(start, inMonths) > endAfter(start, inDays)
    ? inMonths
    : inDays;
}

/**
 * The end of the longest duration that a limit allows, which is also the latest that a time may be.
 *
 * @param start - in milliseconds since 1970, like the end
 * @param limit - the nominal length, in milliseconds
 * @public
 */
export function latestEnd(start: number, limit: number): number {
  return endAfter(start, longestDuration(start, limit));
}

/**
 * Returns true if a limit allows a duration, both by its nominal length, which does not depend on the day, and by its end, so
 * that months mixed with days cannot exceed the limit.
 *
 * @param start - in milliseconds since 1970
 * @param duration - in ISO 8601
 * @param limit - the nominal length, in milliseconds
 * @public
 */
export function isWithinLimit(
  start: number,
  duration: string,
  limit: number,
): boolean {
  return (
    durationLength(duration) <= limit &&
    endAfter(start, duration) <= latestEnd(start, limit)
  );
}

/**
 * A nominal length as an ISO 8601 duration: several whole years in years, such as `P40Y`, another one in days and smaller
 * units, such as `P90D`, `P365D` or `PT1H30M`.
 *
 * @param length - in milliseconds
 * @public
 */
export function toIsoDuration(length: number): string {
  const isYears = length > YEAR && length % YEAR === 0;
  return isYears ? `P${length / YEAR}Y` : inDaysAndLess(length).toISO();
}

function inDaysAndLess(length: number): Duration<true> {
  return Duration.fromMillis(length)
    .shiftTo('days', 'hours', 'minutes', 'seconds')
    .removeZeros();
}
