import { ApiKeyRevokedReason } from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from './ApiKeyRecord';
import { LeakReport } from './LeakReport';
import { selfMadeDescendants } from './lineage';
import { isAccepted } from './status';

/** Reason why a key seems to be stolen. */
export type TheftCause =
  | 'rotated-key-reused'
  | 'secret-scanning'
  | 'owner-replaced';

/** Reason why a key was revoked without a request for that key. */
export type RevocationCause = TheftCause | RevokedWith['cause'];

/** Reason and actor of a revocation. */
export type Revocation = {
  /** Undefined for an unknown holder of the secret. */
  by?: string;
  reason: ApiKeyRevokedReason;
  /** Set if the key seems to be stolen. */
  cause?: TheftCause;
  /** Set if the secret was found in a leak. */
  find?: LeakReport;
};

/** The key whose revocation ends another one, and the reason. */
export type RevokedWith = {
  keyId: string;
  /** The other key is its self-made descendant, or belongs to the same family as a leaked key. */
  cause: 'ancestor-revoked' | 'family-leaked';
};

/** A key whose revocation was requested, and those that ended with it; all as they were before. */
export type RevokedKeys = {
  key: ApiKeyRecord;
  alsoRevoked: ApiKeyRecord[];
};

/** A change in the life of an existing key. */
export type KeyTransition =
  | ({
      type: 'revoke';
      keyId: string;
      /** Omitted for the key that the revocation was requested for. */
      revokedWith?: RevokedWith;
    } & Revocation)
  | {
      type: 'retire';
      keyId: string;
      by: string;
      successorId: string;
      overlapEndsAt: number;
    }
  | { type: 'first-use'; keyId: string; by: string }
  | { type: 'keep-alive'; keyId: string; by: string };

/** How long a rotated key works: until its successor is first used or the overlap ends, or not at all. */
export type Overlap = 'until-first-use' | 'immediately';

/**
 * Plans the changes of a rotation to the existing keys of a family; the successor is added separately. Undefined if the key is
 * not accepted any more.
 *
 * Never leaves more than two accepted keys in a family: a leaf and its direct predecessor.
 *
 * @param family - every key of the family
 * @param options - `maxOverlap` is in milliseconds
 */
export function planRotation(
  family: readonly ApiKeyRecord[],
  keyId: string,
  now: number,
  options: {
    by: string;
    successorId: string;
    overlap: Overlap;
    maxOverlap: number;
  },
): KeyTransition[] | undefined {
  const { by, successorId } = options;
  const key = family.find(({ id }) => id === keyId);
  if (!key || !isAccepted(key, now)) return undefined;

  const others = family.filter(
    other => other.id !== keyId && isAccepted(other, now),
  );
  const transitions = others.map(
    (other): KeyTransition => ({
      type: 'revoke',
      keyId: other.id,
      by,
      // An unused successor is assumed lost on the way to the caller. The predecessor of an unused successor ends, since the
      // successor now retires in its place.
      reason: other.id === key.successorId ? 'superseded' : 'rotated',
    }),
  );
  if (options.overlap === 'immediately') {
    return [...transitions, { type: 'revoke', keyId, by, reason: 'rotated' }];
  }
  // Rotating again does not prolong the overlap.
  const overlapEndsAt = Math.min(
    key.overlapEndsAt ?? Infinity,
    now + options.maxOverlap,
  );
  return [
    ...transitions,
    { type: 'retire', keyId, by, successorId, overlapEndsAt },
  ];
}

/**
 * Plans the changes of an accepted use to the family: the first use of a successor ends its predecessor. Undefined if the key is
 * not accepted any more.
 */
export function planFirstUse(
  family: readonly ApiKeyRecord[],
  keyId: string,
  now: number,
): KeyTransition[] | undefined {
  const key = family.find(({ id }) => id === keyId);
  if (!key || !isAccepted(key, now)) return undefined;
  if (!isFirstUseOfSuccessor(key)) return [];
  return [
    { type: 'first-use', keyId, by: key.subject },
    ...family
      .filter(({ id, revokedAt }) => id === key.predecessorId && !revokedAt)
      .map(
        (predecessor): KeyTransition => ({
          type: 'revoke',
          keyId: predecessor.id,
          by: key.subject,
          reason: 'rotated',
        }),
      ),
  ];
}

/**
 * Plans the revocation of a key and its self-made descendants, over any number of rotations. A key that ended before has
 * descendants as well: a thief may have rotated it. Successors that its owner created keep working.
 *
 * A leak ends the whole family, unless the key had been revoked before: the successors that its owner created since are then in
 * use, and otherwise every holder of the ended secret could end them. A rotated-out secret that is presented again always ends
 * the family, since it is unknown who has the newest key.
 *
 * @param family - every key of the family
 */
export function planRevocation(
  family: readonly ApiKeyRecord[],
  keyId: string,
  revocation: Revocation,
): KeyTransition[] {
  const key = family.find(({ id }) => id === keyId);
  if (!key) return [];
  const isReuse = revocation.cause === 'rotated-key-reused';
  const endsFamily =
    revocation.reason === 'leaked' && (key.revokedAt === undefined || isReuse);
  const selfMade = new Set(selfMadeDescendants(family, key));
  const others = family.filter(
    member => member !== key && (endsFamily || selfMade.has(member)),
  );
  return [key, ...others]
    .filter(({ revokedAt }) => revokedAt === undefined)
    .map((member): KeyTransition => {
      const transition = {
        type: 'revoke' as const,
        keyId: member.id,
        ...revocation,
      };
      // After a reuse, the keys that still worked seem to be stolen, so each counts as the cause itself.
      if (member === key || isReuse) return transition;
      const cause = selfMade.has(member) ? 'ancestor-revoked' : 'family-leaked';
      return { ...transition, revokedWith: { keyId, cause } };
    });
}

/** Returns true if the next use of a key changes its family. */
export function isFirstUseOfSuccessor(
  key: Pick<ApiKeyRecord, 'predecessorId' | 'firstUsedAt'>,
): boolean {
  return key.predecessorId !== undefined && key.firstUsedAt === undefined;
}
