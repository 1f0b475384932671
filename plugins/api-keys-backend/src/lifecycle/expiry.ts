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

/** What the maker of a key asked for, in the API's own words. */
export type ExpiryRequest = {
  expiresAt?: string | null;
  expiresIn?: string;
};

/** The end of a key (undefined is never), and the length of life that was chosen with it. */
export type KeyLife = {
  expiresAt: number | undefined;
  /** In milliseconds; Infinity without end. A year with a leap day is 365 days, or rotations would be longer each time. */
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
