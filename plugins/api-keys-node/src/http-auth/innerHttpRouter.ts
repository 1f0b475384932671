import { coreServices, ServiceRef } from '@backstage/backend-plugin-api';
import { httpRouterServiceFactory } from '../backstage/httpRouter';
import { guardedRootHttpRouterServiceRef } from './guardedRootHttpRouterServiceRef';
import { cachingAuthServiceRef } from '../caching/cachingAuthServiceRef';
import { innerServiceRef } from '../backstage/innerServiceRef';

/**
 * Replacements for dependencies of the HTTP router, by service id. The router authenticates websockets itself, without
 * `httpAuth`, and must use the same auth service after their key was verified.
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
