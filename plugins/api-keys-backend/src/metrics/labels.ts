import {
  ApiKeyDenialReason,
  ApiKeyRevokedReason,
  ApiKeyStatus,
  ApiKeyWarningKind,
} from 'backstage-plugin-api-keys-common';
import { OwnerDenial } from '../lifecycle/ownerDenial';

/** Statuses of keys that have ended. */
type EndedStatus = Exclude<ApiKeyStatus, 'active' | 'retiring'>;

/** The outcome of verifying a secret, for the label `outcome`. */
export type OutcomeName =
  | 'accepted'
  | EndedStatus
  | OwnerDenial
  | 'unknown'
  | 'malformed'
  | 'unavailable';

/** Why a right secret was refused, for the label `reason`: what ended the key, or what the key may not do. */
export type RefusalReason =
  | ApiKeyRevokedReason
  | EndedStatus
  | ApiKeyDenialReason
  | OwnerDenial
  | 'owner-replaced';

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

export const REFUSAL_REASONS = valuesOf<RefusalReason>({
  owner: true,
  admin: true,
  leaked: true,
  rotated: true,
  superseded: true,
  offboarded: true,
  policy: true,
  inactive: true,
  expired: true,
  revoked: true,
  restricted: true,
  ip: true,
  'owner-missing': true,
  'owner-unconfirmed': true,
  'owner-replaced': true,
});

export const WARNING_KINDS = valuesOf<ApiKeyWarningKind>({
  expiry: true,
  inactivity: true,
  expired: true,
});

export const CACHE_RESULTS = valuesOf<CacheResult>({ hit: true, miss: true });

function valuesOf<T extends string>(all: Record<T, true>): readonly T[] {
  return Object.keys(all) as T[];
}
