import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  actionsServiceRef,
  innerActionsServiceRef,
} from '../backstage/actions';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
import { ApiKeyActionsService } from './ApiKeyActionsService';

/**
 * Backstage's actions service, which does nothing on behalf of a key that has ended or is not for the plugin. The scaffolder asks it
 * for the action of each step, and asks the permission policy once, when a task starts.
 *
 * @public
 */
export const apiKeyActionsServiceFactory = createServiceFactory({
  service: actionsServiceRef,
  deps: {
    auth: coreServices.auth,
    inner: innerActionsServiceRef,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  createRootContext: ({ runtime }) => runtime.noteService('actions'),
  factory: ({ plugin, ...deps }) =>
    new ApiKeyActionsService({ ...deps, pluginId: plugin.getId() }),
});
