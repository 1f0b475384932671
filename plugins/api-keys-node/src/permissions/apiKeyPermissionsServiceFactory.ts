import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ServerPermissionClient } from '@backstage/plugin-permission-node';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { ApiKeyPermissionsService } from './ApiKeyPermissionsService';

/**
 * Backstage's permissions service, which holds restricted keys to their restrictions.
 *
 * @public
 */
export const apiKeyPermissionsServiceFactory = createServiceFactory({
  service: coreServices.permissions,
  deps: {
    auth: coreServices.auth,
    config: coreServices.rootConfig,
    discovery: coreServices.discovery,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory({ auth, config, discovery, plugin, runtime }) {
    const pluginId = plugin.getId();
    return new ApiKeyPermissionsService({
      pluginId,
      inner: ServerPermissionClient.fromConfig(config, { auth, discovery }),
      auth,
      runtime,
    });
  },
});
