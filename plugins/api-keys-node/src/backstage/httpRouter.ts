import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { coreServices, ServiceRef } from '@backstage/backend-plugin-api';
import { guardedRootHttpRouterServiceRef } from '../http-auth/guardedRootHttpRouterServiceRef';
import { cachingAuthServiceRef } from '../reuse/cachingAuthServiceRef';
import { innerServiceRef } from './innerServiceRef';

/**
 * What the HTTP router gets in the place of other services, by their ids: it authenticates websockets by itself, past `httpAuth`, and
 * has to do so with the same auth service, once their key was judged.
 */
export const HTTP_ROUTER_DEPENDENCIES = new Map<string, ServiceRef<unknown>>([
  [coreServices.auth.id, cachingAuthServiceRef],
  [coreServices.rootHttpRouter.id, guardedRootHttpRouterServiceRef],
]);

/** Backstage's HTTP router of each plugin. It calls handlers in the order in which they were added, all behind its check of credentials. */
export const innerHttpRouterServiceRef = innerServiceRef(
  coreServices.httpRouter,
  httpRouterServiceFactory,
  HTTP_ROUTER_DEPENDENCIES,
);
