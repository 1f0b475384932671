import { DateTime, Interval } from 'luxon';

/** A day of 24 hours, as the backend counts them, in milliseconds. */
export const DAY_MS = 24 * 60 * 60 * 1000;

const ISO_DAY = 'yyyy-MM-dd';

function parse(day: string): DateTime {
  return DateTime.fromFormat(day, ISO_DAY, { zone: 'utc' });
}

/** Whether a text is a day such as `2026-11-24`. */
export function isDay(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && parse(text).isValid;
}

/** The day of a moment, in UTC. */
export function dayOf(time: number): string {
  return DateTime.fromMillis(time, { zone: 'utc' }).toFormat(ISO_DAY);
}

/** The day so many days later. */
export function afterDay(day: string, days = 1): string {
  return parse(day).plus({ days }).toFormat(ISO_DAY);
}

/** Its first moment in UTC, in ISO 8601. */
export function startOfDay(day: string): string {
  return `${day}T00:00:00Z`;
}

/** A day in words, such as “24 Nov 2026”. */
export function dayInWords(day: string, locale: string): string {
  return parse(day).setLocale(locale).toLocaleString(DateTime.DATE_MED);
}

/** The days from one to another in words, such as “24–30 Nov 2026”; just the day if they are the same. */
export function daysInWords(from: string, to: string, locale: string): string {
  if (from === to) return dayInWords(from, locale);
  return Interval.fromDateTimes(parse(from), parse(to)).toLocaleString(
    DateTime.DATE_MED,
    { locale },
  );
}
