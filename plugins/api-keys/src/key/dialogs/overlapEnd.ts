import { ApiKey, durationLength } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

/** Until when a key works at the latest that is rotated now: it never outlives its own end. */
export function overlapEnd(
  { expiresAt }: ApiKey,
  maxOverlap: string,
  now: DateTime,
): DateTime {
  const longest = now.plus(durationLength(maxOverlap));
  return expiresAt
    ? DateTime.min(longest, DateTime.fromISO(expiresAt))
    : longest;
}
