import { ApiKeyChoosablePlugin } from 'backstage-plugin-api-keys-common';
import { ChoosablePlugin } from './ChoosablePlugins';

/** A plugin as the HTTP API shows it. */
export function toChoosablePlugin({
  pluginId,
  permissions = [],
}: ChoosablePlugin): ApiKeyChoosablePlugin {
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
