import { ServiceUnavailableError } from '@backstage/errors';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { ChoosablePlugin } from './ChoosablePlugins';
import { refuse } from './parseRestrictions';

/**
 * Makes sure that there is what a key is to be restricted to. A name that is misspelt would be of a key that works for less
 * than was meant, or for something that is yet to come.
 *
 * @throws InputError naming the entries that are wrong
 * @throws ServiceUnavailableError for permissions of a plugin that has not told which it has
 */
export function requireChoosable(
  accessRestrictions: readonly ApiKeyAccessRestriction[],
  plugins: readonly ChoosablePlugin[],
): void {
  refuse(
    accessRestrictions.flatMap(({ plugin: id, permission = [] }, index) => {
      const entry = `accessRestrictions[${index}]`;
      const plugin = plugins.find(({ pluginId }) => pluginId === id);
      if (!plugin) {
        return [
          `${entry}.plugin: must be a plugin of this portal that takes API keys`,
        ];
      }
      if (permission.length === 0) return [];
      const names = namesOf(plugin);
      return permission.flatMap((name, i) =>
        names.has(name)
          ? []
          : [
              `${entry}.permission[${i}]: must be a permission of the plugin '${id}'`,
            ],
      );
    }),
  );
}

function namesOf({ pluginId, permissions }: ChoosablePlugin): Set<string> {
  if (!permissions) throw permissionsUnknown(pluginId);
  return new Set(permissions.map(({ name }) => name));
}

export function permissionsUnknown(pluginId: string): ServiceUnavailableError {
  return new ServiceUnavailableError(
    `Which permissions the plugin '${pluginId}' has cannot be told right now, try again shortly`,
  );
}
