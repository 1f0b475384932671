import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { innerPermissionsServiceRef } from '../backstage/permissions';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
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
    inner: innerPermissionsServiceRef,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  createRootContext: ({ runtime }) => runtime.noteService('permissions'),
  factory: ({ plugin, ...deps }) =>
    new ApiKeyPermissionsService({ ...deps, pluginId: plugin.getId() }),
});
