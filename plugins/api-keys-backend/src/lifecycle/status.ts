import {
  API_KEY_STATUSES,
  ApiKeyStatus,
  isAcceptedStatus,
  isFinalStatus,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord } from './ApiKeyRecord';

/** Statuses of keys that have not ended permanently. */
export const UNENDED_STATUSES: readonly ApiKeyStatus[] =
  API_KEY_STATUSES.filter(status => !isFinalStatus(status));

/** Statuses of keys that can still be revoked. */
export const UNREVOKED_STATUSES: readonly ApiKeyStatus[] =
  API_KEY_STATUSES.filter(status => status !== 'revoked');

/** The fields of a key that decide its status. */
export type StatusFields = Pick<
  ApiKeyRecord,
  | 'createdAt'
  | 'expiresAt'
  | 'inactivityTimeout'
  | 'keptAliveAt'
  | 'lastUsedAt'
  | 'revokedAt'
  | 'overlapEndsAt'
>;

/** Condition of each status, in this order: the first that holds decides, and the last one always does. */
const RULES: Record<ApiKeyStatus, (key: StatusFields, now: number) => boolean> =
  {
    revoked: key => key.revokedAt !== undefined,
    expired: (key, now) => now >= endsAt(key),
    inactive: (key, now) => now >= (inactiveAt(key) ?? Infinity),
    retiring: key => key.overlapEndsAt !== undefined,
    active: () => true,
  };

const STATUSES_IN_ORDER = Object.keys(RULES) as ApiKeyStatus[];

/**
 * The status of a key at a time.
 *
 * `database/statusPredicate.ts` implements the same rules in SQL; a property test compares the two.
 */
export function statusOf(key: StatusFields, now: number): ApiKeyStatus {
  return STATUSES_IN_ORDER.find(status => RULES[status](key, now))!;
}

/** Returns true for a key that has ended permanently: an inactive one can still be kept alive. */
export function isTerminal(key: StatusFields, now: number): boolean {
  return isFinalStatus(statusOf(key, now));
}

/** Returns true for a key that requests are accepted with. */
export function isAccepted(key: StatusFields, now: number): boolean {
  return isAcceptedStatus(statusOf(key, now));
}

/** Time at which a key goes inactive unless it is used before; undefined if it never does. */
export function inactiveAt(key: StatusFields): number | undefined {
  if (key.inactivityTimeout === undefined) return undefined;
  const lastSign = Math.max(
    key.lastUsedAt ?? key.createdAt,
    key.keptAliveAt ?? key.createdAt,
  );
  return lastSign + key.inactivityTimeout;
}

/** Time at which a key expires: at its own expiry or, once it is rotated, at the end of the overlap. */
export function endsAt(key: StatusFields): number {
  return Math.min(key.expiresAt ?? Infinity, key.overlapEndsAt ?? Infinity);
}
