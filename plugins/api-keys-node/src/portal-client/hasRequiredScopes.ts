import { PortalKey } from './types';

/**
 * Returns true if a key has all scopes that a service requires. A key that is restricted in Backstage is denied by a service that
 * requires none.
 *
 * A copy of `hasRequiredScopes` of backstage-plugin-api-keys-common, which a service outside of Backstage does not have.
 */
export function hasRequiredScopes(
  key: PortalKey,
  requiredScopes: readonly string[],
): boolean {
  if (requiredScopes.length === 0) return !key.restricted;
  return requiredScopes.every(scope => key.scopes.includes(scope));
}
