import {
  allowsPlugin,
  ApiKeyRestrictions,
  isLimitedToPermissions,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyScopeError } from '../errors';
import { currentRequestUse } from '../request/requestUse';

const NONE: ReadonlySet<string> = new Set();

/**
 * Makes sure that a key may be used for a plugin.
 *
 * @throws {@link ApiKeyScopeError} that names what the key is for
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
 * Makes sure that a key may be used for the plugin that was called. A plugin that asks the permission policy for nothing, or by
 * a service of its own, cannot be held to some permissions.
 *
 * @param guardedPlugins - those that can
 * @throws {@link ApiKeyScopeError}
 *
 * @public
 */
export function requireCalledPlugin(
  key: ApiKeyRestrictions,
  pluginId: string,
  guardedPlugins: ReadonlySet<string>,
): void {
  requirePlugin(key, pluginId);
  if (isLimitedToPermissions(key, pluginId) && !guardedPlugins.has(pluginId)) {
    throw new ApiKeyScopeError(
      `The API key is for some permissions of the plugin '${pluginId}', which asks for none`,
    );
  }
}

/**
 * Makes sure that a key may be used for what is requested of a plugin right now.
 *
 * @throws {@link ApiKeyScopeError}
 */
export function requireRequestedPlugin(
  key: ApiKeyRestrictions,
  pluginId: string,
  guardedPlugins: ReadonlySet<string>,
): void {
  const isUnguarded = currentRequestUse()?.isUnguarded;
  requireCalledPlugin(key, pluginId, isUnguarded ? NONE : guardedPlugins);
}

function inWords(plugins: readonly string[]): string {
  return plugins.length > 0
    ? `only for ${plugins.map(plugin => `'${plugin}'`).join(', ')}`
    : 'nor for any other';
}
