import { ApiKeyAvailablePlugin } from 'backstage-plugin-api-keys-common';
import { AvailablePlugin } from './AvailablePlugins';

/** A plugin as the HTTP API shows it. */
export function toAvailablePlugin({
  pluginId,
  permissions = [],
}: AvailablePlugin): ApiKeyAvailablePlugin {
  return {
    pluginId,
    permissions: permissions.map(permission => ({
      name: permission.name,
      action: permission.attributes.action ?? null,
      resourceType:
        permission.type === 'resource' ? permission.resourceType : null,
    })),
  };
}
