import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { DAY } from '../lifecycle/time';

const MINUTE = 60 * 1000;

/** How long before the end of a key its owner is warned, for each kind, shortest first. After the end is 0. */
export type WarningPlan = Record<ApiKeyWarningKind, readonly number[]>;

/** One warning. Times are milliseconds since 1970. */
export type Warning = {
  keyId: string;
  keyName: string;
  /** Entity ref. */
  owner: string;
  kind: ApiKeyWarningKind;
  endsAt: number;
  /** From when on it is sent. */
  dueAt: number;
  threshold: number;
};

/** Keys that expired longer ago get no warning: switching warnings on must not warn of every key that ever expired. */
export const EXPIRED_NOTICE_WINDOW = 3 * DAY;

/**
 * Returns what a key's life, or its inactivity timeout, has to be longer than for its owner to be warned so long before the end. A
 * threshold of half of it or more would warn of a new key, and of its successor after each rotation; or after nearly every use.
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
 * How long a claim of an older version holds that still runs beside this one: it claims warnings before it sends them, and notes
 * afterwards that it did.
 */
export const CLAIM_LEASE = 10 * MINUTE;
