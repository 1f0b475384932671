import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  coreServices,
  createServiceFactory,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { stockServiceRef } from '../lib/stockServiceRef';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { ApiKeyUserInfoService } from './ApiKeyUserInfoService';

const stockUserInfoServiceRef = stockServiceRef<UserInfoService>(
  'api-keys.stock-user-info',
  userInfoServiceFactory,
);

/**
 * Makes `coreServices.userInfo` of every plugin answer for API keys with what the key owns: permission policies decide by that.
 *
 * @public
 */
export const apiKeyUserInfoServiceFactory = createServiceFactory({
  service: coreServices.userInfo,
  deps: {
    auth: coreServices.auth,
    inner: stockUserInfoServiceRef,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory: deps => new ApiKeyUserInfoService(deps),
});
