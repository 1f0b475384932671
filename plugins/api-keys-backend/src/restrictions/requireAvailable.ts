import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import {
  noPermissions,
  noSuchPermission,
  noSuchPlugin,
  permissionsUnknown,
} from './restrictionErrors';
import { AvailablePlugin } from './AvailablePlugins';
import { refuse } from './parseRestrictions';

/**
 * Checks that the plugins and permissions of a new key's restrictions exist. A key with a misspelt name would work for less than
 * intended, or later for something unintended.
 *
 * @throws InputError naming the entries that are wrong
 * @throws ServiceUnavailableError for permissions of a plugin that could not be looked up so far
 */
export function requireAvailable(
  accessRestrictions: readonly ApiKeyAccessRestriction[],
  plugins: readonly AvailablePlugin[],
): void {
  refuse(
    accessRestrictions.flatMap((restriction, index) => {
      const entry = `accessRestrictions[${index}]`;
      const plugin = plugins.find(
        ({ pluginId }) => pluginId === restriction.plugin,
      );
      return plugin
        ? problemsOf(restriction, plugin, entry)
        : [noSuchPlugin(`${entry}.plugin`, plugins)];
    }),
  );
}

function problemsOf(
  { permission = [], permissionAttribute }: ApiKeyAccessRestriction,
  plugin: AvailablePlugin,
  entry: string,
): string[] {
  if (permission.length === 0 && !permissionAttribute) return [];
  const names = namesOf(plugin);
  if (names.size === 0) {
    const field = permissionAttribute ? 'permissionAttribute' : 'permission';
    return [noPermissions(`${entry}.${field}`, plugin.pluginId)];
  }
  return permission.flatMap((name, i) =>
    names.has(name)
      ? []
      : [noSuchPermission(`${entry}.permission[${i}]`, plugin)],
  );
}

function namesOf({ pluginId, permissions }: AvailablePlugin): Set<string> {
  if (!permissions) throw permissionsUnknown(pluginId);
  return new Set(permissions.map(({ name }) => name));
}
