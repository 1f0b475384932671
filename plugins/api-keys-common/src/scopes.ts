import { API_KEY_SCOPE_MAX_LENGTH } from './limits';
import { ApiKeyRestrictions } from './restrictions';

/** RFC 6749 §3.3. */
const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** A full ref: the catalog would complete another one, and services ask for none. */
const API_SCOPE = /^api:[^:/]+\/[^:/]+$/;

/**
 * What scopes of APIs in the catalog start with; no other scope does.
 *
 * @public
 */
export const API_SCOPE_PREFIX = 'api:';

/**
 * The scope of an API in the catalog, such as `api:default/petstore`: its entity ref in lower case.
 *
 * @param entityRef - of an entity of kind API
 * @public
 */
export function apiScopeOf(entityRef: string): string {
  return entityRef.toLocaleLowerCase('en-US');
}

/**
 * Whether a key can carry a text as a scope: a scope token of RFC 6749 §3.3, of {@link API_KEY_SCOPE_MAX_LENGTH} characters at most.
 *
 * @public
 */
export function isScopeName(text: string): boolean {
  return SCOPE_TOKEN.test(text) && text.length <= API_KEY_SCOPE_MAX_LENGTH;
}

/**
 * A scope in the one way in which keys carry it: entity refs are the same in upper and lower case, other scopes are not.
 *
 * @public
 */
export function canonicalScope(scope: string): string {
  const ref = apiScopeOf(scope);
  return ref.startsWith(API_SCOPE_PREFIX) ? ref : scope;
}

/**
 * Whether a scope, in its canonical form, is the full entity ref of an API.
 *
 * @public
 */
export function isApiScope(scope: string): boolean {
  return API_SCOPE.test(scope);
}

/**
 * Returns true if a key has all scopes that a service outside of Backstage requires.
 *
 * Scopes say what a key is for outside, as restrictions do inside: a service that requires no scope denies a restricted key.
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
