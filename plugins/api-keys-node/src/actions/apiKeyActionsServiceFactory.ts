import { actionsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  ActionsService,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { ApiKeyActionsService } from './ApiKeyActionsService';

/** Backstage's own actions service, which the factory below stands in front of. */
const stockActionsServiceRef = createServiceRef<ActionsService>({
  id: 'api-keys.stock-actions',
  scope: 'plugin',
  // The type of a factory does not allow it to serve another ref, and that of a default factory does not name its service.
  defaultFactory: async service =>
    ({ ...actionsServiceFactory, service } as unknown as ServiceFactory<
      ActionsService,
      'plugin'
    >),
});

/**
 * Backstage's actions service, which does nothing on behalf of a key that has ended or is not for the plugin. The scaffolder asks it
 * for the action of each step, and asks the permission policy once, when a task starts.
 *
 * @public
 */
export const apiKeyActionsServiceFactory = createServiceFactory({
  service: actionsServiceRef,
  deps: {
    actions: stockActionsServiceRef,
    auth: coreServices.auth,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory: ({ actions, plugin, ...deps }) =>
    new ApiKeyActionsService({
      ...deps,
      inner: actions,
      pluginId: plugin.getId(),
    }),
});
