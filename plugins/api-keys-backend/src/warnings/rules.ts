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

/** What expired longer ago is not told any more: switching warnings on must not tell of every key that ever expired. */
export const TOLD_AFTER_EXPIRY = 3 * DAY;

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
 * How long a claim holds if it is neither sent nor released, because whoever made it died. Nobody alive outlives it: a send takes
 * 30 seconds at most, and what is claimed is sent at once, ten at most one after the other.
 */
export const CLAIM_LEASE = 10 * MINUTE;

/** Warnings that are told to an owner together. */
export type WarningClaim = {
  /** Of all that was claimed at the same time. */
  id: string;
  /** Entity ref. */
  owner: string;
  /** How many keys they are of. */
  keys: number;
  /** How many there are of each kind. */
  byKind: ReadonlyMap<ApiKeyWarningKind, number>;
  /** The soonest end first, as many as are told by name; one at least. */
  warnings: readonly ClaimedWarning[];
};

/** What is told of one key. */
export type ClaimedWarning = Omit<Warning, 'owner' | 'dueAt'> & {
  lastUsedAt?: number;
  lastUsedIp?: string;
};
