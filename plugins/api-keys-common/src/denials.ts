import { ApiKeyRefusedStatus } from './statuses';
import { ApiKeyRevokedReason } from './generated/types';

/**
 * A way to restrict a key to less than its subject may do: the plugins it may be used for, the permissions of a plugin, the
 * networks it may be presented from, and its scopes in services outside of Backstage.
 *
 * @public
 */
export type ApiKeyRestrictionKind =
  | 'plugin'
  | 'permission'
  | 'network'
  | 'scope';

/**
 * Why a key that is accepted is denied one request: its restrictions do not cover it, or it comes from another network.
 *
 * @public
 */
export type ApiKeyDenialReason = 'restricted' | 'ip';

/**
 * The reason that events and metrics give for a request that a restriction of each kind denies.
 *
 * @public
 */
export const API_KEY_DENIAL_REASONS: Readonly<
  Record<ApiKeyRestrictionKind, ApiKeyDenialReason>
> = {
  plugin: 'restricted',
  permission: 'restricted',
  network: 'ip',
  scope: 'restricted',
};

/**
 * Reason for refusing a key that has not ended: its owner is not in the catalog, or may not be the same entity as before.
 *
 * @public
 */
export type ApiKeyOwnerDenial = 'owner-missing' | 'owner-unconfirmed';

/**
 * Why a request with the right secret of a known key was turned down, in events and metrics: the key was revoked, has ended,
 * has an owner in doubt, or does not cover the request.
 *
 * @public
 */
export type ApiKeyRefusalReason =
  | ApiKeyRevokedReason
  | ApiKeyRefusedStatus
  | ApiKeyOwnerDenial
  | 'owner-replaced'
  | ApiKeyDenialReason;

// Records instead of arrays, so that a new value does not compile until it is listed here.

const REVOKED_REASONS: Record<ApiKeyRevokedReason, true> = {
  owner: true,
  admin: true,
  leaked: true,
  rotated: true,
  superseded: true,
  offboarded: true,
  policy: true,
};

const OWNER_DENIALS: Record<ApiKeyOwnerDenial, true> = {
  'owner-missing': true,
  'owner-unconfirmed': true,
};

const REFUSAL_REASONS: Record<ApiKeyRefusalReason, true> = {
  ...REVOKED_REASONS,
  inactive: true,
  expired: true,
  revoked: true,
  restricted: true,
  ip: true,
  ...OWNER_DENIALS,
  'owner-replaced': true,
};

const keysOf = <K extends string>(record: Record<K, true>) =>
  Object.keys(record) as K[];

/**
 * Every {@link ApiKeyRevokedReason}.
 *
 * @public
 */
export const API_KEY_REVOKED_REASONS: readonly ApiKeyRevokedReason[] =
  keysOf(REVOKED_REASONS);

/**
 * Every {@link ApiKeyOwnerDenial}.
 *
 * @public
 */
export const API_KEY_OWNER_DENIALS: readonly ApiKeyOwnerDenial[] =
  keysOf(OWNER_DENIALS);

/**
 * Every {@link ApiKeyRefusalReason}.
 *
 * @public
 */
export const API_KEY_REFUSAL_REASONS: readonly ApiKeyRefusalReason[] =
  keysOf(REFUSAL_REASONS);
