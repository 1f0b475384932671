import {
  ApiKeyAccessRestriction,
  ApiKeyChoosablePlugin,
  matchesText,
} from 'backstage-plugin-api-keys-common';
import {
  canBeRead,
  grantOf,
  reading,
} from '../../shared/restrictions/restrictions';

/** How much of a plugin a key may do. `kept` is what the form has no name for, and another key has. */
export type GrantKind = 'everything' | 'reading' | 'permissions' | 'kept';

/** How much of a plugin an entry is. */
export function grantKind(entry: ApiKeyAccessRestriction): GrantKind {
  const grant = grantOf(entry);
  switch (grant.kind) {
    case 'actions':
      return 'kept';
    case 'permissions':
      return grant.actions ? 'kept' : 'permissions';
    case 'reading':
      return 'reading';
    case 'everything':
    case 'forbidden':
      return 'everything';
    default:
      throw new Error(`Unknown grant: ${grant satisfies never}`);
  }
}

/** How much of a plugin there is to choose from. */
export function grantKinds(
  plugin: ApiKeyChoosablePlugin,
  entry: ApiKeyAccessRestriction,
): GrantKind[] {
  const kinds: GrantKind[] = ['everything'];
  if (canBeRead(plugin)) kinds.push('reading');
  if (plugin.permissions.length > 0) kinds.push('permissions');
  const current = grantKind(entry);
  return kinds.includes(current) ? kinds : [...kinds, current];
}

/** What a plugin that was just picked is picked for: as little as there is a word for. */
export function firstGrant(
  plugin: ApiKeyChoosablePlugin,
): ApiKeyAccessRestriction {
  return canBeRead(plugin)
    ? reading(plugin.pluginId)
    : { plugin: plugin.pluginId };
}

/** An entry for more or less of its plugin. Single permissions start with those that were meant before. */
export function withGrant(
  plugin: ApiKeyChoosablePlugin,
  entry: ApiKeyAccessRestriction,
  kind: GrantKind,
): ApiKeyAccessRestriction {
  const { pluginId, permissions } = plugin;
  switch (kind) {
    case 'everything':
      return { plugin: pluginId };
    case 'reading':
      return reading(pluginId);
    case 'permissions': {
      const before = entry.permissionAttribute?.action;
      const meant = permissions.filter(
        ({ action }) => !before || (action && before.includes(action)),
      );
      return { plugin: pluginId, permission: meant.map(({ name }) => name) };
    }
    case 'kept':
      return entry;
    default:
      throw new Error(`Unknown kind: ${kind satisfies never}`);
  }
}

/** An entry with or without one of the permissions, in the order in which the plugin has them. */
export function withPermission(
  plugin: ApiKeyChoosablePlugin,
  { permission = [] }: ApiKeyAccessRestriction,
  name: string,
  isPicked: boolean,
): ApiKeyAccessRestriction {
  return {
    plugin: plugin.pluginId,
    permission: plugin.permissions
      .map(each => each.name)
      .filter(each => (each === name ? isPicked : permission.includes(each))),
  };
}

/** The plugins that a search text is about: by their id, or by one of their permissions. */
export function searchPlugins(
  plugins: readonly ApiKeyChoosablePlugin[],
  text: string,
): ApiKeyChoosablePlugin[] {
  return plugins.filter(({ pluginId, permissions }) =>
    [pluginId, ...permissions.map(({ name }) => name)].some(each =>
      matchesText(each, text),
    ),
  );
}
