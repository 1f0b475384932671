import { createPermission } from '@backstage/plugin-permission-common';

/**
 * The resource type of the permissions on keys.
 *
 * @public
 */
export const RESOURCE_TYPE_API_KEY = 'api-key';

/**
 * Making a key for oneself. A user who lacks it sees their keys and cannot add to them.
 *
 * @public
 */
export const apiKeyCreatePermission = createPermission({
  name: 'api-keys.key.create',
  attributes: { action: 'create' },
});

/**
 * Seeing one's own keys. To a user who lacks it for a key, the key does not exist (404).
 *
 * @public
 */
export const apiKeyReadPermission = createPermission({
  name: 'api-keys.key.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_API_KEY,
});

/**
 * Renaming, describing and shortening one's own keys.
 *
 * @public
 */
export const apiKeyUpdatePermission = createPermission({
  name: 'api-keys.key.update',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_API_KEY,
});

/**
 * Replacing one's own keys by new ones.
 *
 * @public
 */
export const apiKeyRotatePermission = createPermission({
  name: 'api-keys.key.rotate',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_API_KEY,
});

/**
 * Revoking one's own keys.
 *
 * @public
 */
export const apiKeyRevokePermission = createPermission({
  name: 'api-keys.key.revoke',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_API_KEY,
});

/**
 * Seeing everybody's keys: finding the key of a leaked secret, every event, and the policies of owners.
 *
 * @public
 */
export const apiKeyAdminReadPermission = createPermission({
  name: 'api-keys.admin.read',
  attributes: { action: 'read' },
});

/**
 * Ending everybody's keys, setting when they end, and setting the policies of owners.
 *
 * @public
 */
export const apiKeyAdminManagePermission = createPermission({
  name: 'api-keys.admin.manage',
  attributes: { action: 'update' },
});

/**
 * Asking whether a secret is accepted and what for (RFC 7662), as gateways and other services do.
 *
 * @public
 */
export const apiKeyIntrospectPermission = createPermission({
  name: 'api-keys.introspect',
  attributes: { action: 'read' },
});

/**
 * Every permission of the plugin, to register them or to build a policy over them.
 *
 * @public
 */
export const apiKeyPermissions = [
  apiKeyCreatePermission,
  apiKeyReadPermission,
  apiKeyUpdatePermission,
  apiKeyRotatePermission,
  apiKeyRevokePermission,
  apiKeyAdminReadPermission,
  apiKeyAdminManagePermission,
  apiKeyIntrospectPermission,
];
