import { toIsoDuration } from 'backstage-plugin-api-keys-common';
import { Duration } from 'luxon';

/** In milliseconds. */
export const DAY = 24 * 60 * 60 * 1000;

/** The start of the day of a time, in UTC; both in milliseconds since 1970. */
export function startOfDay(time: number): number {
  return time - (time % DAY);
}

/** A length of time in full, such as `90 days`, `1 day, 12 hours` or `40 years`. */
export function durationInWords(milliseconds: number): string {
  const iso = toIsoDuration(milliseconds);
  return Duration.fromISO(iso, { locale: 'en' }).removeZeros().toHuman();
}

/** Milliseconds since 1970 as an ISO 8601 time in UTC. */
export function toIsoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

/** The day of a time in UTC, such as `2026-11-24`. */
export function toIsoDay(milliseconds: number): string {
  return toIsoTime(milliseconds).slice(0, 10);
}
