import { InputError } from '@backstage/errors';
import { DateTime, Duration } from 'luxon';
import { KeyPolicy } from './policy';
import { toIsoDuration, toIsoTime } from './time';

/** What the maker of a key asked for, in the API's own words. */
export type ExpiryRequest = {
  expiresAt?: string | null;
  expiresIn?: string;
};

/**
 * When a new key ends under a policy. Undefined is never.
 *
 * @throws InputError naming the field
 */
export function resolveExpiry(
  policy: KeyPolicy['lifetime'],
  request: ExpiryRequest,
  now: number,
): number | undefined {
  if (request.expiresAt !== undefined && request.expiresIn !== undefined) {
    throw new InputError('expiresAt and expiresIn exclude each other');
  }
  if (request.expiresAt === null) return withoutExpiry(policy);
  if (request.expiresAt !== undefined) {
    const expiresAt = Date.parse(request.expiresAt);
    return checked('expiresAt', expiresAt, policy, now);
  }
  if (request.expiresIn !== undefined) {
    // Calendar arithmetic: P1M is to the same day of the next month.
    const expiresAt = DateTime.fromMillis(now, { zone: 'utc' })
      .plus(Duration.fromISO(request.expiresIn))
      .toMillis();
    return checked('expiresIn', expiresAt, policy, now);
  }
  return now + policy.default;
}

/**
 * When a key ends after its owner asked for an earlier end.
 *
 * @throws InputError if that would not be earlier, or has passed
 */
export function resolveShorterExpiry(
  current: number | undefined,
  requested: string,
  now: number,
): number {
  const expiresAt = Date.parse(requested);
  if (expiresAt <= now) throw new InputError('expiresAt must be in the future');
  if (current !== undefined && expiresAt > current) {
    throw new InputError(
      `expiresAt can only be moved earlier than ${toIsoTime(
        current,
      )}; make a new key instead`,
    );
  }
  return expiresAt;
}

/**
 * When a key ends after an admin said so. Undefined is never.
 *
 * @param requested - `null` is never
 * @throws InputError if that has passed, or the policy of the owner does not allow it
 */
export function resolveNewExpiry(
  policy: KeyPolicy['lifetime'],
  key: { createdAt: number },
  requested: string | null,
  now: number,
): number | undefined {
  if (requested === null) return withoutExpiry(policy);
  const expiresAt = Date.parse(requested);
  if (expiresAt <= now) throw new InputError('expiresAt must be in the future');
  const latest = key.createdAt + policy.max;
  if (expiresAt > latest) {
    throw new InputError(
      `expiresAt is too far away: this key may live until ${toIsoTime(
        latest,
      )}; for longer, change the policy of its owner first`,
    );
  }
  return expiresAt;
}

/** @throws InputError if keys have to expire */
function withoutExpiry(policy: KeyPolicy['lifetime']): undefined {
  if (policy.allowUnlimited) return undefined;
  throw new InputError(
    `expiresAt must not be null: every key expires, after ${toIsoDuration(
      policy.max,
    )} at the latest`,
  );
}

function checked(
  field: string,
  expiresAt: number,
  policy: KeyPolicy['lifetime'],
  now: number,
): number {
  if (!(expiresAt > now)) {
    throw new InputError(`${field} must be in the future`);
  }
  if (expiresAt > now + policy.max) {
    throw new InputError(
      `${field} is too far away: a key may live for ${toIsoDuration(
        policy.max,
      )} at most, until ${toIsoTime(now + policy.max)}`,
    );
  }
  return expiresAt;
}
