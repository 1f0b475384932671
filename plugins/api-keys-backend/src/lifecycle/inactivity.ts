import { InputError } from '@backstage/errors';
import {
  durationLength,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from './policy';

/**
 * Returns the inactivity timeout of a new key under a policy, in milliseconds. Undefined is none.
 *
 * @param requested - as in the HTTP API: null requests none
 * @throws InputError naming the field
 */
export function resolveInactivityTimeout(
  policy: KeyPolicy['inactivity'],
  requested: string | null | undefined,
  resolution: number,
): number | undefined {
  if (requested === undefined) return policy.default;
  if (requested === null) {
    if (policy.max === undefined) return undefined;
    throw new InputError(
      `inactivityTimeout must not be null: every key stops working when it is not used for ${toIsoDuration(
        policy.max,
      )} at the latest`,
    );
  }
  const timeout = durationLength(requested);
  if (policy.max !== undefined && timeout > policy.max) {
    throw new InputError(
      `inactivityTimeout is too long: ${toIsoDuration(
        policy.max,
      )} is the longest`,
    );
  }
  if (timeout < resolution) {
    throw new InputError(
      `inactivityTimeout is too short: uses are known to ${toIsoDuration(
        resolution,
      )}`,
    );
  }
  return timeout;
}

/** The inactivity timeout of a successor: that of its predecessor, as far as today's policy allows. */
export function successorInactivityTimeout(
  policy: KeyPolicy['inactivity'],
  timeout: number | undefined,
): number | undefined {
  const shortest = Math.min(timeout ?? Infinity, policy.max ?? Infinity);
  return shortest === Infinity ? undefined : shortest;
}
