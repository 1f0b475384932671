import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import {
  coreServices,
  createServiceFactory,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { stockServiceRef } from '../lib/stockServiceRef';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { guardServer } from './guardServer';
import { requestAuthenticatorsOf } from './requestAuthenticators';

const stockHttpRouterServiceRef = stockServiceRef<HttpRouterService>(
  'api-keys.stock-http-router',
  httpRouterServiceFactory,
);

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
