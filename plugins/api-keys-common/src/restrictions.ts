import type { Permission } from '@backstage/plugin-permission-common';
import { ApiKeyAccessRestriction } from './generated/types';

/**
 * What a key is kept to, whatever its subject may do.
 *
 * @public
 */
export type ApiKeyRestrictions = {
  /** All that it may be used for. Left out or `null`: everything. An empty list: nothing. */
  accessRestrictions?: readonly ApiKeyAccessRestriction[] | null;
  /** Ids of plugins that it may not be used for, whatever else says so. */
  forbiddenPlugins?: readonly string[];
};

/**
 * Whether a key may be used for less than its subject may do.
 *
 * @public
 */
export function isRestricted(key: ApiKeyRestrictions): boolean {
  return !!key.accessRestrictions || !!key.forbiddenPlugins?.length;
}

/**
 * Whether a key may be used for a plugin at all: the plugin may still ask for permissions that the key does not have.
 *
 * @public
 */
export function allowsPlugin(
  key: ApiKeyRestrictions,
  pluginId: string,
): boolean {
  if (key.forbiddenPlugins?.includes(pluginId)) return false;
  return !key.accessRestrictions || !!entryOf(key, pluginId);
}

/**
 * Whether a key may be used for a plugin, and there for some permissions only.
 *
 * @public
 */
export function isLimitedToPermissions(
  key: ApiKeyRestrictions,
  pluginId: string,
): boolean {
  const { permission, permissionAttribute } = entryOf(key, pluginId) ?? {};
  return permission !== undefined || permissionAttribute !== undefined;
}

/**
 * Whether a key lets a plugin ask the permission policy for a permission. The policy has the last word.
 *
 * An entry with both `permission` and `permissionAttribute` allows what satisfies both, as Backstage's own access
 * restrictions do. A permission without an action satisfies no attribute.
 *
 * @public
 */
export function allowsPermission(
  key: ApiKeyRestrictions,
  pluginId: string,
  { name, attributes }: Pick<Permission, 'name' | 'attributes'>,
): boolean {
  if (!allowsPlugin(key, pluginId)) return false;
  const { permission: names, permissionAttribute } =
    entryOf(key, pluginId) ?? {};
  if (names && !names.includes(name)) return false;
  if (!permissionAttribute) return true;
  const { action } = attributes;
  return !!action && !!permissionAttribute.action?.includes(action);
}

function entryOf(
  { accessRestrictions }: ApiKeyRestrictions,
  pluginId: string,
): ApiKeyAccessRestriction | undefined {
  return accessRestrictions?.find(({ plugin }) => plugin === pluginId);
}
