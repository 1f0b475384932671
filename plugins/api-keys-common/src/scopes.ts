import { API_KEY_SCOPE_MAX_LENGTH } from './limits';
import { ApiKeyRestrictions } from './restrictions';

/** RFC 6749 §3.3. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Full entity ref. The catalog would complete a partial one, but services require full ones. */
const API_SCOPE = /^api:[^:/]+\/[^:/]+$/;

/**
 * Prefix of the scopes of APIs in the catalog. No other scope has it.
 *
 * @public
 */
export const API_SCOPE_PREFIX = 'api:';

/**
 * Returns the scope of an API in the catalog, such as `api:default/petstore`: its entity ref in lower case.
 *
 * @param entityRef - of an entity of kind API
 * @public
 */
export function apiScopeOf(entityRef: string): string {
  return entityRef.toLocaleLowerCase('en-US');
}

/**
 * Returns true if a text can be a scope of a key: a scope token (RFC 6749 §3.3) of at most {@link API_KEY_SCOPE_MAX_LENGTH}
 * characters.
 *
 * @public
 */
export function isScopeName(text: string): boolean {
  return SCOPE_TOKEN.test(text) && text.length <= API_KEY_SCOPE_MAX_LENGTH;
}

/**
 * Returns the canonical form of a scope. Entity refs are case-insensitive, other scopes are not.
 *
 * @public
 */
export function canonicalScope(scope: string): string {
  const ref = apiScopeOf(scope);
  return ref.startsWith(API_SCOPE_PREFIX) ? ref : scope;
}

/**
 * Returns true if a scope in its canonical form is the full entity ref of an API.
 *
 * @public
 */
export function isApiScope(scope: string): boolean {
  return API_SCOPE.test(scope);
}

/**
 * Returns true if a key has all scopes that a service outside of Backstage requires.
 *
 * Scopes limit a key outside of Backstage as restrictions do inside, so a service that requires no scope denies a restricted key.
 * @public
 */
export function hasRequiredScopes(
  key: Pick<ApiKeyRestrictions, 'accessRestrictions'> & {
    scopes?: readonly string[];
  },
  requiredScopes: readonly string[],
): boolean {
  if (requiredScopes.length === 0) return !key.accessRestrictions;
  return requiredScopes.every(scope => key.scopes?.includes(scope));
}
