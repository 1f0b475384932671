import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { DAY } from './time';

const MINUTE = 60 * 1000;

/** Times before the end of a key at which its owner is warned, for each kind, shortest first; 0 is after the end. */
export type WarningPlan = Record<ApiKeyWarningKind, readonly number[]>;

/** Warning of the end of a key. Times are milliseconds since 1970. */
export type Warning = {
  keyId: string;
  keyName: string;
  /** Entity ref. */
  owner: string;
  kind: ApiKeyWarningKind;
  endsAt: number;
  /** Earliest time to send it. */
  dueAt: number;
  threshold: number;
};

/** Keys that expired longer ago get no warning: turning warnings on must not warn of every key that ever expired. */
export const EXPIRED_NOTICE_WINDOW = 3 * DAY;

/**
 * Returns the lifetime or inactivity timeout that a key must exceed for a warning at this threshold. A threshold of half of it
 * or more would warn of a new key, and of its successor after each rotation; or after nearly every use.
 */
export const spanAbove = (threshold: number): number => threshold * 2;

export function planOf(warnings: {
  beforeExpiry: readonly number[];
  beforeInactivity: readonly number[];
  afterExpiry: boolean;
}): WarningPlan {
  return {
    expiry: warnings.beforeExpiry,
    inactivity: warnings.beforeInactivity,
    expired: warnings.afterExpiry ? [0] : [],
  };
}

/**
 * Lifetime of claims by an older version that still runs during an upgrade: it claims warnings before it sends them, and then
 * records that it did.
 */
export const CLAIM_LEASE = 10 * MINUTE;
