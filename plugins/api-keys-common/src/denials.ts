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
