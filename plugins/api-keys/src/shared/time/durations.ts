import { durationLength } from 'backstage-plugin-api-keys-common';
import { Duration } from 'luxon';
import { DAY_MS } from './days';

/** An ISO duration in words, such as "90 days". */
export function durationInWords(iso: string, locale: string): string {
  return Duration.fromISO(iso).reconfigure({ locale }).toHuman();
}

/** The number of days of an ISO duration in whole days or, as the backend writes several of them, whole years. */
export function wholeDays(iso: string): number | undefined {
  return /^P\d+[DY]$/.test(iso) ? durationLength(iso) / DAY_MS : undefined;
}
