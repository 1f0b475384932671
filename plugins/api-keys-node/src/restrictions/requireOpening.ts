import {
  ApiKeyRestrictions,
  opensOutside,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyScopeError } from '../errors';

/**
 * Makes sure that a key opens a service outside of Backstage. What it may be used for inside, also the plugins that are forbidden to it,
 * is beside the point there.
 *
 * @param demanded - the scopes that the service asks for
 * @throws {@link ApiKeyScopeError} that names them
 */
export function requireOpening(
  key: ApiKeyRestrictions & { scopes?: readonly string[] },
  demanded: readonly string[],
): void {
  if (opensOutside(key, demanded)) return;
  throw new ApiKeyScopeError(inWords(demanded), demanded);
}

function inWords(demanded: readonly string[]): string {
  if (demanded.length === 0) {
    return 'The API key is restricted, and opens only what asks for a scope that it carries';
  }
  return demanded.every(Boolean)
    ? `This takes an API key with ${demanded.join(' and ')}`
    : 'No API key opens this, since the gateway does not say what it takes';
}
