import { isolateText } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;

/** Formats a duration in milliseconds, such as `3 days`, `5 hours` or `less than a minute`. */
export function inWords(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  const hours = Math.round(milliseconds / HOUR);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return count(minutes, 'minute');
  if (hours < 48 && hours !== 24) return count(hours, 'hour');
  return count(Math.round(hours / 24), 'day');
}

/** Formats a time in milliseconds since 1970 for readers in any time zone, such as `25 Nov 2026 14:00 UTC`. */
export function onDate(time: number): string {
  return DateTime.fromMillis(time, { zone: 'utc', locale: 'en-GB' }).toFormat(
    "d LLL yyyy HH:mm 'UTC'",
  );
}

/** Returns when and from where a key was last used, as part of a sentence. */
export function lastUse(
  { lastUsedAt, lastUsedIp }: { lastUsedAt?: number; lastUsedIp?: string },
  now: number,
): string {
  if (lastUsedAt === undefined) return 'never used';
  const from = lastUsedIp === undefined ? '' : ` from ${lastUsedIp}`;
  return `last used ${inWords(Math.max(0, now - lastUsedAt))} ago${from}`;
}

/** Quotes a name for a line of a message. */
export function quote(name: string): string {
  return `“${isolateText(name.replaceAll(/\s+/g, ' '))}”`;
}

/** Returns a number with its unit, in the plural unless it is 1. */
export function count(number: number, unit: string): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}
