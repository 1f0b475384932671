import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { innerUserInfoServiceRef } from '../backstage/userInfo';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
import { ApiKeyUserInfoService } from './ApiKeyUserInfoService';

/**
 * Makes `coreServices.userInfo` of every plugin answer for API keys with what the key owns: permission policies decide by that.
 *
 * @public
 */
export const apiKeyUserInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: {
    auth: coreServices.auth,
    inner: innerUserInfoServiceRef,
    runtime: apiKeyRuntimeServiceRef,
  },
  createRootContext: ({ runtime }) => runtime.noteService('userInfo'),
  factory: deps => new ApiKeyUserInfoService(deps),
});
