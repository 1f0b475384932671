import { Duration } from 'luxon';

/** Milliseconds as an ISO 8601 duration in days and smaller units, such as `P90D` or `PT1H30M`. */
export function toIsoDuration(milliseconds: number): string {
  return Duration.fromMillis(milliseconds)
    .shiftTo('days', 'hours', 'minutes', 'seconds')
    .removeZeros()
    .toISO();
}

/** Milliseconds since 1970 as an ISO 8601 time in UTC. */
export function toIsoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
