import type { Permission } from '@backstage/plugin-permission-common';
import { ApiKeyAccessRestriction } from './generated/types';

/**
 * Limits on a key beyond the permissions of its subject.
 *
 * @public
 */
export type ApiKeyRestrictions = {
  /** Everything that the key may be used for. `undefined` or `null` allows everything, an empty list nothing. */
  accessRestrictions?: readonly ApiKeyAccessRestriction[] | null;
  /** Ids of plugins that the key may never be used for, even if `accessRestrictions` lists them. */
  forbiddenPlugins?: readonly string[];
};

/**
 * Returns true if a key may be used for less than its subject may do.
 *
 * @public
 */
export function isRestricted(key: ApiKeyRestrictions): boolean {
  return !!key.accessRestrictions || !!key.forbiddenPlugins?.length;
}

/**
 * Returns true if a key may be used for a plugin at all. The plugin may still require permissions that the key does not have.
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
 * Returns true if a key may be used for a plugin, but only for some of its permissions.
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
 * Returns true if a plugin may ask the permission policy for a permission on behalf of a key. The policy makes the final decision.
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
