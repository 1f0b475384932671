import { InputError } from '@backstage/errors';
import {
  durationLength,
  endAfter,
  isWithinLimit,
  latestEnd,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from './policy';
import { toIsoTime } from './time';

/** Requested expiry of a key, as in the HTTP API. */
export type ExpiryRequest = {
  expiresAt?: string | null;
  expiresIn?: string;
};

/** End of a key (undefined is never), and the lifetime that was chosen with it. */
export type KeyLife = {
  expiresAt: number | undefined;
  /**
   * In milliseconds; Infinity without end. A year with a leap day counts as 365 days, or rotations would last longer each time.
   */
  chosenLifetime: number;
};

/**
 * Resolves the life of a new key under a policy.
 *
 * @throws InputError naming the field
 */
export function resolveExpiry(
  policy: KeyPolicy['lifetime'],
  request: ExpiryRequest,
  now: number,
): KeyLife {
  if (request.expiresAt !== undefined && request.expiresIn !== undefined) {
    throw new InputError('expiresAt and expiresIn exclude each other');
  }
  if (request.expiresAt === null) {
    return { expiresAt: withoutExpiry(policy), chosenLifetime: Infinity };
  }
  if (request.expiresAt !== undefined) {
    const expiresAt = Date.parse(request.expiresAt);
    requireFuture('expiresAt', expiresAt, now);
    if (!(expiresAt <= latestEnd(now, policy.max))) {
      throw tooFarAway('expiresAt', policy, now);
    }
    return { expiresAt, chosenLifetime: expiresAt - now };
  }
  if (request.expiresIn !== undefined) {
    const { expiresIn } = request;
    const expiresAt = endAfter(now, expiresIn);
    requireFuture('expiresIn', expiresAt, now);
    if (!isWithinLimit(now, expiresIn, policy.max)) {
      throw tooFarAway('expiresIn', policy, now);
    }
    return { expiresAt, chosenLifetime: durationLength(expiresIn) };
  }
  return { expiresAt: now + policy.default, chosenLifetime: policy.default };
}

/**
 * Returns the end of a key after its owner requested an earlier one.
 *
 * @throws InputError if the end would not be earlier, or has passed
 */
export function resolveShorterExpiry(
  current: number | undefined,
  requested: string,
  now: number,
): number {
  const expiresAt = Date.parse(requested);
  requireFuture('expiresAt', expiresAt, now);
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
 * Returns the end of a key after an admin set it. Undefined is never.
 *
 * @param requested - `null` is never
 * @throws InputError if the end has passed, or the owner's policy does not allow it
 */
export function resolveNewExpiry(
  policy: KeyPolicy['lifetime'],
  key: { createdAt: number },
  requested: string | null,
  now: number,
): number | undefined {
  if (requested === null) return withoutExpiry(policy);
  const expiresAt = Date.parse(requested);
  requireFuture('expiresAt', expiresAt, now);
  const latest = latestEnd(key.createdAt, policy.max);
  if (!(expiresAt <= latest)) {
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

function requireFuture(field: string, expiresAt: number, now: number): void {
  if (!(expiresAt > now)) {
    throw new InputError(`${field} must be in the future`);
  }
}

function tooFarAway(
  field: string,
  { max }: KeyPolicy['lifetime'],
  now: number,
): InputError {
  return new InputError(
    `${field} is too far away: a key may live for ${toIsoDuration(
      max,
    )} at most, until ${toIsoTime(latestEnd(now, max))}`,
  );
}
