import {
  allowsPlugin,
  ApiKeyRestrictions,
  isLimitedToPermissions,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyScopeError } from '../errors';
import { currentRequestUse } from '../request/requestUse';
import { GuardedRoutes, RouteAccess } from './guarded/GuardedRoutes';
import { requireRoute } from './guarded/requireRoute';

/**
 * Makes sure that a key may be used for a plugin.
 *
 * @throws {@link ApiKeyScopeError} that names what the key is for
 *
 * @public
 */
export function requirePlugin(key: ApiKeyRestrictions, pluginId: string): void {
  if (allowsPlugin(key, pluginId)) return;
  const plugins = key.accessRestrictions
    ?.map(({ plugin }) => plugin)
    .filter(plugin => allowsPlugin(key, plugin));
  throw new ApiKeyScopeError(
    `The API key may not be used for the plugin '${pluginId}'${
      plugins ? `, ${inWords(plugins)}` : ''
    }`,
  );
}

/**
 * Makes sure that a key may be used for what is requested of a plugin right now.
 *
 * @returns how a key that is limited to some permissions of the plugin is held to them; undefined for every other key
 * @throws {@link ApiKeyScopeError}
 */
export function requireRequestedPlugin(
  key: ApiKeyRestrictions,
  pluginId: string,
  guardedRoutes: GuardedRoutes,
): Exclude<RouteAccess, 'closed'> | undefined {
  requirePlugin(key, pluginId);
  if (!isLimitedToPermissions(key, pluginId)) return undefined;
  return requireRoute(pluginId, currentRequestUse()?.route, guardedRoutes);
}

function inWords(plugins: readonly string[]): string {
  return plugins.length > 0
    ? `only for ${plugins.map(plugin => `'${plugin}'`).join(', ')}`
    : 'nor for any other';
}
