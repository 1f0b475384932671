import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { coreServices } from '@backstage/backend-plugin-api';
import { innerServiceRef } from './innerServiceRef';

/** Backstage's user info service. It knows one ownership of each user, which it asks the auth plugin for. */
export const innerUserInfoServiceRef = innerServiceRef(
  coreServices.userInfo,
  userInfoServiceFactory,
);
