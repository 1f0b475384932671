import {
  ApiKey,
  ApiKeyPolicyLimits,
  durationLength,
  latestEnd as latestEndOf,
} from 'backstage-plugin-api-keys-common';
import { DateTime } from 'luxon';

const ISO_DAY = 'yyyy-MM-dd';

/** A new end of a key, as the backend takes it, or what is wrong with the day that was picked. */
export type NewExpiry =
  | { expiresAt: string }
  | { problem: 'dateMissing' | 'dateTooEarly' | 'dateTooLate' };

/** The latest moment at which a key may end under a policy, as the backend has it. */
export function latestEnd(
  { createdAt }: ApiKey,
  { max }: ApiKeyPolicyLimits['lifetime'],
): DateTime {
  const created = Date.parse(createdAt);
  return DateTime.fromMillis(latestEndOf(created, durationLength(max)));
}

/** The days that can be picked, as `YYYY-MM-DD` in the time zone of the user. */
export function daysToPick(latest: DateTime, now: number) {
  return {
    min: DateTime.fromMillis(now).plus({ days: 1 }).toFormat(ISO_DAY),
    max: latest.toFormat(ISO_DAY),
  };
}

/** The end of a day that was picked, or the latest moment if that is on the same day. */
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
