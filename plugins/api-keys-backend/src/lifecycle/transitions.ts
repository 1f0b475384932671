import { ApiKeyRevokedReason } from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from './ApiKeyRecord';
import { LeakFind } from './LeakFind';
import { selfMadeDescendants } from './lineage';
import { isAccepted } from './status';

/** Why a key looks stolen. */
export type TheftCause =
  | 'rotated-key-reused'
  | 'secret-scanning'
  | 'owner-replaced';

/** Why a key was revoked without a request for that key. */
export type RevocationCause = TheftCause | RevokedWith['cause'];

/** Why a key is to be ended, and who wants it. */
export type Revocation = {
  /** Undefined for somebody unknown who had the secret. */
  by?: string;
  reason: ApiKeyRevokedReason;
  /** Why it looks stolen, if it does. */
  cause?: TheftCause;
  /** Where it was found, if it was. */
  find?: LeakFind;
};

/** The key whose revocation ends another one, and why it does. */
export type RevokedWith = {
  keyId: string;
  /** It made the other one of itself, or it leaked and is of the same family. */
  cause: 'ancestor-revoked' | 'family-leaked';
};

/** A change in the life of a key that exists. */
export type KeyTransition =
  | ({
      type: 'revoke';
      keyId: string;
      /** Left out for a key that the revocation was asked for. */
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

/** Until when a rotated key works: until its successor is first used or the overlap ends, or not at all. */
export type Overlap = 'until-first-use' | 'immediately';

/**
 * What rotating a key does to the keys that its family has; the successor comes on top. Undefined if the key is not
 * accepted any more.
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
      // An unused successor is one that did not reach whoever asked for it. The predecessor of an unused successor gives
      // way, since now the successor is the one that retires.
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
 * What an accepted use of a key does to its family: the first use of a successor ends its predecessor. Undefined if the key
 * is not accepted any more.
 */
export function planUse(
  family: readonly ApiKeyRecord[],
  keyId: string,
  now: number,
): KeyTransition[] | undefined {
  const key = family.find(({ id }) => id === keyId);
  if (!key || !isAccepted(key, now)) return undefined;
  if (!endsPredecessorWhenUsed(key)) return [];
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
 * The keys that end when the revocation of one is asked for: the key itself, and what it made of itself, over any number of
 * rotations. A key that ended before has descendants, too: who rotated it may have been a thief. What its owner made of it
 * goes on.
 *
 * A leak ends the whole family, unless the key had been revoked before: what its owner made of it since is then in use, and
 * everybody with the dead secret could end it. A rotated-out secret that comes back for another one always does, since nobody
 * knows who has the newest.
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
      // Of a reuse, it is the keys that still worked that look stolen.
      if (member === key || isReuse) return transition;
      const cause = selfMade.has(member) ? 'ancestor-revoked' : 'family-leaked';
      return { ...transition, revokedWith: { keyId, cause } };
    });
}

/** Whether the next use of a key is one that changes its family. */
export function endsPredecessorWhenUsed(
  key: Pick<ApiKeyRecord, 'predecessorId' | 'firstUsedAt'>,
): boolean {
  return key.predecessorId !== undefined && key.firstUsedAt === undefined;
}
