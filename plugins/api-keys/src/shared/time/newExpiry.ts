import {
  ApiKey,
  ApiKeyPolicyLimits,
  durationLength,
  latestEnd as latestEndOf,
} from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

const ISO_DAY = 'yyyy-MM-dd';

/** A new expiry as ISO 8601, or a validation error. */
export type NewExpiry =
  | { expiresAt: string }
  | { problem: 'dateMissing' | 'dateTooEarly' | 'dateTooLate' };

/** Returns the latest expiry that the backend accepts for a key under a policy. */
export function latestEnd(
  { createdAt }: ApiKey,
  { max }: ApiKeyPolicyLimits['lifetime'],
): DateTime {
  const created = Date.parse(createdAt);
  return DateTime.fromMillis(latestEndOf(created, durationLength(max)));
}

/** Returns the selectable days, as `YYYY-MM-DD` in the time zone of the user. */
export function daysToPick(latest: DateTime, now: number) {
  return {
    min: DateTime.fromMillis(now).plus({ days: 1 }).toFormat(ISO_DAY),
    max: latest.toFormat(ISO_DAY),
  };
}

/** Resolves a day to its end, or to `latest` on the same day. */
export function endOfDay(
  day: string,
  latest: DateTime,
  now: number,
): NewExpiry {
  const end = DateTime.fromISO(day).endOf('day');
  const { min, max } = daysToPick(latest, now);
  if (!end.isValid) return { problem: 'dateMissing' };
  if (day < min) return { problem: 'dateTooEarly' };
  if (day > max) return { problem: 'dateTooLate' };
  return { expiresAt: DateTime.min(end, latest).toUTC().toISO()! };
}
