import { InputError } from '@backstage/errors';
import {
  ApiKeyRotatedBy,
  isWithinLimit,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from './ApiKeyRecord';
import { KeyLife, resolveExpiry } from './expiry';
import { KeyPolicy } from './policy';

/** What tells for how long a person wants a key to live. */
type ChosenLife = Pick<
  ApiKeyRecord,
  'createdAt' | 'expiresAt' | 'requestedExpiresAt' | 'chosenLifetime'
>;

/**
 * The length of life that a person chose for a key, in milliseconds; Infinity is without end. Neither a policy nor a rotation
 * changes it, so that a chain of rotations does not drift.
 */
export function chosenLifetimeOf(key: ChosenLife): number {
  return (
    key.chosenLifetime ?? (key.requestedExpiresAt ?? Infinity) - key.createdAt
  );
}

/**
 * The length of life that a person chooses by setting another end of a key.
 *
 * It counts from the moment of the choice: the successors of a key that was made for a year and shortened to end tomorrow
 * would else live for months again. A later end takes nothing away.
 *
 * @param expiresAt - undefined is never
 */
export function lifetimeChosenBy(
  key: ChosenLife,
  expiresAt: number | undefined,
  now: number,
): number {
  const left = (expiresAt ?? Infinity) - now;
  const isEarlier = (expiresAt ?? Infinity) < (key.expiresAt ?? Infinity);
  return isEarlier
    ? Math.min(chosenLifetimeOf(key), left)
    : Math.max(chosenLifetimeOf(key), left);
}

/**
 * The life of the successor of a key: as long as was asked for or else as was chosen for the key, as far as today's policy
 * allows. An owner may choose anew; a key that rotates itself gets what was chosen for it at the most, and what it has given
 * up stays given up.
 *
 * @throws InputError naming the field and what is allowed
 */
export function resolveSuccessorLife(
  policy: KeyPolicy['lifetime'],
  key: ChosenLife,
  request: { expiresIn?: string },
  rotatedBy: ApiKeyRotatedBy,
  now: number,
): KeyLife {
  const chosenLifetime = chosenLifetimeOf(key);
  if (request.expiresIn === undefined) {
    const isUnlimited = chosenLifetime === Infinity && policy.allowUnlimited;
    return {
      expiresAt: isUnlimited
        ? undefined
        : now + Math.min(chosenLifetime, policy.max),
      chosenLifetime,
    };
  }
  const { expiresIn } = request;
  const life = resolveExpiry(policy, { expiresIn }, now);
  if (rotatedBy === 'owner' || chosenLifetime === Infinity) return life;
  if (!isWithinLimit(now, expiresIn, chosenLifetime)) {
    throw new InputError(
      `expiresIn is too long: an API key that rotates itself may have a successor for ${toIsoDuration(
        chosenLifetime,
      )} at most, as its owner chose; for longer, its owner has to rotate it`,
    );
  }
  return {
    ...life,
    // A limit of days allows a day more where the calendar does; the next rotation must not take that for what was chosen.
    chosenLifetime: Math.min(life.chosenLifetime, chosenLifetime),
  };
}
