import { DateTime, Interval } from 'luxon';

/** A day of 24 hours, as in the backend. */
export const DAY_MS = 24 * 60 * 60 * 1000;

const ISO_DAY = 'yyyy-MM-dd';

function parse(day: string): DateTime {
  return DateTime.fromFormat(day, ISO_DAY, { zone: 'utc' });
}

/** Returns true for a day such as `2026-11-24`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parse(text).isValid;
}

/** Returns the UTC day of a time. */
export function dayOf(time: number): string {
  return DateTime.fromMillis(time, { zone: 'utc' }).toFormat(ISO_DAY);
}

/** Adds days to a day. */
export function afterDay(day: string, days = 1): string {
  return parse(day).plus({ days }).toFormat(ISO_DAY);
}

/** Returns the start of a day in UTC, as ISO 8601. */
export function startOfDay(day: string): string {
  return `${day}T00:00:00Z`;
}

/** Formats a day, such as “24 Nov 2026”. */
export function dayInWords(day: string, locale: string): string {
  return parse(day).setLocale(locale).toLocaleString(DateTime.DATE_MED);
}

/** Formats a range of days, such as “24–30 Nov 2026”, or a single day. */
export function daysInWords(from: string, to: string, locale: string): string {
  if (from === to) return dayInWords(from, locale);
  return Interval.fromDateTimes(parse(from), parse(to)).toLocaleString(
    DateTime.DATE_MED,
    { locale },
  );
}
