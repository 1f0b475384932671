import { ApiKey, durationLength } from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

/** Returns the latest end of the overlap if the key is rotated now. The overlap never extends its expiry. */
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
