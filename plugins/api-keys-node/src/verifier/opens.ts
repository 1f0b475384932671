import { PortalKey } from './types';

/**
 * Whether a key opens what asks for these scopes. One that is restricted in Backstage opens nothing that asks for none.
 *
 * The same as `opensOutside` of backstage-plugin-api-keys-common, which a service outside of Backstage does not have.
 */
export function opens(key: PortalKey, demanded: readonly string[]): boolean {
  if (demanded.length === 0) return !key.restricted;
  return demanded.every(scope => key.scopes.includes(scope));
}
