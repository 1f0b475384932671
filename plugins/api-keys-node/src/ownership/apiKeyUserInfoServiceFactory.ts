import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  ServiceFactory,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { ApiKeyUserInfoService } from './ApiKeyUserInfoService';

/** Backstage's own service, under a name that it can be had by while `coreServices.userInfo` is ours. */
const backstageUserInfoServiceRef = createServiceRef<UserInfoService>({
  id: 'api-keys.backstage-user-info',
  scope: 'plugin',
  defaultFactory: async service =>
    ({ ...userInfoServiceFactory, service } as ServiceFactory<
      UserInfoService,
      'plugin'
    >),
});

/**
 * Makes `coreServices.userInfo` of every plugin answer for API keys with what the key owns: permission policies decide by that.
 *
 * @public
 */
export const apiKeyUserInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: {
    auth: coreServices.auth,
    inner: backstageUserInfoServiceRef,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory: deps => new ApiKeyUserInfoService(deps),
});
