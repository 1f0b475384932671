import { ServiceUnavailableError } from '@backstage/errors';
import { truncateList } from '../lib/joinWithOverflow';
import { AvailablePlugin } from './AvailablePlugins';

/** Message for a field that keys cannot be restricted to this plugin, with the available ones. */
export function noSuchPlugin(
  field: string,
  plugins: readonly AvailablePlugin[],
): string {
  const ids = truncateList(plugins.map(({ pluginId }) => pluginId));
  return `${field}: must be a plugin of this portal that takes API keys: ${ids}`;
}

/** Message for a field that the plugin has no such permission, with those that it has. */
export function noSuchPermission(
  field: string,
  { pluginId, permissions = [] }: AvailablePlugin,
): string {
  const names = permissions.map(({ name }) => name);
  const choices =
    names.length > 0 ? `: ${truncateList(names)}` : ', which has none';
  return `${field}: must be a permission of the plugin '${pluginId}'${choices}`;
}

/** Message for a field that a key cannot be limited to permissions of a plugin that has none. */
export function noPermissions(field: string, pluginId: string): string {
  return `${field}: must be left out, since the plugin '${pluginId}' has no permissions`;
}

/** Message that a key limited to permissions cannot be used for a plugin without any. */
export function limitedWithoutPermissions(pluginId: string): string {
  return `The API key is for some permissions of the plugin '${pluginId}', which has none`;
}

/** Error for a plugin whose permissions could not be looked up so far. */
export function permissionsUnknown(pluginId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `The permissions of the plugin '${pluginId}' cannot be looked up right now, try again shortly`,
  );
}
