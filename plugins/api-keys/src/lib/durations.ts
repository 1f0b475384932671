import { Duration } from 'luxon';

/** An ISO duration in words, such as "90 days". */
export function durationInWords(iso: string, locale: string): string {
  return Duration.fromISO(iso).reconfigure({ locale }).toHuman();
}

/** How long an ISO duration is, in milliseconds, by the backend's notion of months and years. */
export function durationLength(iso: string): number {
  return Duration.fromISO(iso).toMillis();
}

/** The number of days of an ISO duration that is said in whole days. */
export function wholeDays(iso: string): number | undefined {
  const [, days] = /^P(\d+)D$/.exec(iso) ?? [];
  return days === undefined ? undefined : Number(days);
}
