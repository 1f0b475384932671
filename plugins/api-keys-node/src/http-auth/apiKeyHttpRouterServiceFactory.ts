import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  HttpRouterService,
  ServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { guardServer } from './guardServer';
import { requestAuthenticatorsOf } from './requestAuthenticators';

/** Backstage's own HTTP router, which the factory below stands in front of. */
const stockHttpRouterServiceRef = createServiceRef<HttpRouterService>({
  id: 'api-keys.stock-http-router',
  scope: 'plugin',
  // The type of a factory does not allow it to serve another ref, and that of a default factory does not name its service.
  defaultFactory: async service =>
    ({ ...httpRouterServiceFactory, service } as unknown as ServiceFactory<
      HttpRouterService,
      'plugin'
    >),
});

/**
 * Backstage's HTTP router of each plugin, which hands no request on that still holds an API key: also on routes that are open to
 * everybody, where nothing asks for credentials, and for websockets.
 *
 * @public
 */
export const apiKeyHttpRouterServiceFactory = createServiceFactory({
  service: coreServices.httpRouter,
  initialization: 'always',
  deps: {
    httpRouter: stockHttpRouterServiceRef,
    plugin: coreServices.pluginMetadata,
    runtime: apiKeyRuntimeServiceRef,
  },
  factory({ httpRouter, plugin, runtime }) {
    const authenticators = requestAuthenticatorsOf(runtime);
    const requests = authenticators.get(plugin.getId());
    // A backend with HTTP authentication of its own takes no keys.
    if (!requests) return httpRouter;
    runtime.takesKeysOutOfRequests = true;
    httpRouter.use((req: Request, _res: Response, next) => {
      guardServer(req, authenticators);
      requests.authenticate(req).then(() => next(), next);
    });
    return httpRouter;
  },
});
