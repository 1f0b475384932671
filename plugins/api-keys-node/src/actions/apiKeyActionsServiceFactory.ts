import { actionsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  ActionsService,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { stockServiceRef } from '../lib/stockServiceRef';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { ApiKeyActionsService } from './ApiKeyActionsService';

const stockActionsServiceRef = stockServiceRef<ActionsService>(
  'api-keys.stock-actions',
  actionsServiceFactory,
);

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
