import {
  ApiKeyOwnerDenial,
  ApiKeyRefusedStatus,
} from 'backstage-plugin-api-keys-common';

/** The outcome of verifying a secret, for the label `outcome`. */
export type OutcomeName =
  | 'accepted'
  | ApiKeyRefusedStatus
  | ApiKeyOwnerDenial
  | 'unknown'
  | 'malformed'
  | 'unavailable';

/** Result of a lookup in memory, for the label `result`. */
export type CacheResult = 'hit' | 'miss';

// Records instead of arrays, so that a new value does not compile until it is listed here.

export const OUTCOMES = valuesOf<OutcomeName>({
  accepted: true,
  inactive: true,
  expired: true,
  revoked: true,
  'owner-missing': true,
  'owner-unconfirmed': true,
  unknown: true,
  malformed: true,
  unavailable: true,
});

export const CACHE_RESULTS = valuesOf<CacheResult>({ hit: true, miss: true });

function valuesOf<T extends string>(all: Record<T, true>): readonly T[] {
  return Object.keys(all) as T[];
}
