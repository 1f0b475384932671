import { InputError } from '@backstage/errors';
import {
  ApiKeyRotatedBy,
  isWithinLimit,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from './ApiKeyRecord';
import { KeyLife, resolveExpiry } from './expiry';
import { KeyPolicy } from './policy';

/** The fields of a key from which the chosen lifetime follows. */
type ChosenLife = Pick<
  ApiKeyRecord,
  'createdAt' | 'expiresAt' | 'requestedExpiresAt' | 'chosenLifetime'
>;

/**
 * The lifetime that a person chose for a key, in milliseconds; Infinity is without end. Neither a policy nor a rotation changes
 * it, so that a chain of rotations does not drift.
 */
export function chosenLifetimeOf(key: ChosenLife): number {
  return (
    key.chosenLifetime ?? (key.requestedExpiresAt ?? Infinity) - key.createdAt
  );
}

/**
 * The lifetime that a person chooses by setting another end of a key.
 *
 * It counts from the moment of the choice. Otherwise, the successors of a key that was created for a year and shortened to end
 * tomorrow would again live for months. A later end takes nothing away.
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
 * The life of a key's successor: as requested, or else as chosen for the key, as far as today's policy allows. An owner may
 * choose again; a key that rotates itself gets at most what was chosen for it, and a shortening cannot be undone.
 *
 * @throws InputError naming the field and the allowed values
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
    // A limit in days allows an extra day if the calendar has one; the next rotation must not take it for the chosen lifetime.
    chosenLifetime: Math.min(life.chosenLifetime, chosenLifetime),
  };
}
