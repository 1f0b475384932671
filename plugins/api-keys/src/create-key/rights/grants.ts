import {
  ApiKeyAccessRestriction,
  ApiKeyAvailablePlugin,
  matchesText,
} from 'backstage-plugin-api-keys-common';
import {
  hasReadPermission,
  grantOf,
  reading,
} from '../../shared/restrictions/restrictions';

/** How much of a plugin a key can use. `kept` is a grant of a cloned key that the form cannot express. */
export type GrantKind = 'everything' | 'reading' | 'permissions' | 'kept';

/** Returns the kind of an entry. */
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

/** Returns the kinds to choose from. */
export function grantKinds(
  plugin: ApiKeyAvailablePlugin,
  entry: ApiKeyAccessRestriction,
): GrantKind[] {
  const kinds: GrantKind[] = ['everything'];
  if (hasReadPermission(plugin)) kinds.push('reading');
  if (plugin.permissions.length > 0) kinds.push('permissions');
  const current = grantKind(entry);
  return kinds.includes(current) ? kinds : [...kinds, current];
}

/** Returns the entry of a newly picked plugin: the smallest grant that has a name. */
export function firstGrant(
  plugin: ApiKeyAvailablePlugin,
): ApiKeyAccessRestriction {
  return hasReadPermission(plugin)
    ? reading(plugin.pluginId)
    : { plugin: plugin.pluginId };
}

/** Changes the kind of an entry. Single permissions start with those that the old entry allowed. */
export function withGrant(
  plugin: ApiKeyAvailablePlugin,
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

/** Adds or removes a permission, in the order of the plugin. */
export function withPermission(
  plugin: ApiKeyAvailablePlugin,
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

/** Finds plugins by id or permission. */
export function searchPlugins(
  plugins: readonly ApiKeyAvailablePlugin[],
  text: string,
): ApiKeyAvailablePlugin[] {
  return plugins.filter(({ pluginId, permissions }) =>
    [pluginId, ...permissions.map(({ name }) => name)].some(each =>
      matchesText(each, text),
    ),
  );
}
