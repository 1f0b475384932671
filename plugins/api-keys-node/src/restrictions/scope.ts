import {
  canonicalScope,
  hasRequiredScopes,
} from 'backstage-plugin-api-keys-common';
import { findRepeated } from './findRepeated';
import { Restriction } from './Restriction';

/**
 * The scopes that a key has in services outside of Backstage. The plugins it may be used for, and those that are forbidden to it, do not
 * matter there.
 */
export const scopeRestriction: Restriction = {
  kind: 'scope',

  parse({ scopes: requested }) {
    if (!requested) return { restrictions: {}, problems: [] };
    const scopes = requested.map(canonicalScope);
    return {
      restrictions: { scopes },
      problems: findRepeated(scopes, i => `scopes[${i}]`),
    };
  },

  check: (key, { requiredScopes }) =>
    !requiredScopes || hasRequiredScopes(key, requiredScopes),

  describe: (_, { requiredScopes = [] }) => ({
    message: describeRequired(requiredScopes),
    scopes: requiredScopes,
  }),
};

function describeRequired(scopes: readonly string[]): string {
  if (scopes.length === 0) {
    return 'The API key is restricted, and opens only what asks for a scope that it carries';
  }
  return scopes.every(Boolean)
    ? `This takes an API key with ${scopes.join(' and ')}`
    : 'No API key opens this, since the gateway does not say what it takes';
}
