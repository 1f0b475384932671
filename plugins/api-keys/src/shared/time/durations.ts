import { durationLength } from 'backstage-plugin-api-keys-common';
import { Duration } from 'luxon';
import { DAY_MS } from './days';

/** Formats an ISO duration, such as "90 days". */
export function durationInWords(iso: string, locale: string): string {
  return Duration.fromISO(iso).reconfigure({ locale }).toHuman();
}

/** Returns the days of an ISO duration in whole days or years. The backend writes some durations in years. */
export function wholeDays(iso: string): number | undefined {
  return /^P\d+[DY]$/.test(iso) ? durationLength(iso) / DAY_MS : undefined;
}
