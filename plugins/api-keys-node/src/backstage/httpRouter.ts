import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { coreServices } from '@backstage/backend-plugin-api';
import { innerServiceRef } from './innerServiceRef';

/** Backstage's HTTP router of each plugin. It calls handlers in the order in which they were added, all behind its check of credentials. */
export const innerHttpRouterServiceRef = innerServiceRef(
  coreServices.httpRouter,
  httpRouterServiceFactory,
);
