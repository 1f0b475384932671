import { ApiKeyRevokedReason } from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from './ApiKeyRecord';
import { LeakFind } from './LeakFind';
import { ACCEPTED_STATUSES, statusOf } from './status';

/** A change in the life of a key that exists. */
export type KeyTransition =
  | {
      type: 'revoke';
      keyId: string;
      /** Undefined for somebody unknown who had the secret. */
      by?: string;
      reason: ApiKeyRevokedReason;
      /** Why it looks stolen, if it does. */
      cause?: 'rotated-key-reused' | 'secret-scanning';
      /** Where it was found, if it was. */
      find?: LeakFind;
    }
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
 * What becomes of a family when somebody tries to rotate with a secret of it that was rotated out: the thief may hold either
 * the old secret or the new one, so that none is to be trusted. Undefined for a key that was not rotated out.
 */
export function planReuse(
  family: readonly ApiKeyRecord[],
  keyId: string,
): KeyTransition[] | undefined {
  const key = family.find(({ id }) => id === keyId);
  if (key?.revokedReason !== 'rotated') return undefined;
  return family
    .filter(({ revokedAt }) => revokedAt === undefined)
    .map(({ id }) => ({
      type: 'revoke',
      keyId: id,
      reason: 'leaked',
      cause: 'rotated-key-reused',
    }));
}

/** Whether the next use of a key is one that changes its family. */
export function endsPredecessorWhenUsed(
  key: Pick<ApiKeyRecord, 'predecessorId' | 'firstUsedAt'>,
): boolean {
  return key.predecessorId !== undefined && key.firstUsedAt === undefined;
}

function isAccepted(key: ApiKeyRecord, now: number): boolean {
  return ACCEPTED_STATUSES.includes(statusOf(key, now));
}
