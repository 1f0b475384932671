import {
  coreServices,
  createServiceFactory,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler, Handler, Request, Response } from 'express';
import { innerHttpRouterServiceRef } from './innerHttpRouter';
import { withoutRequestContext } from '../authenticator/RequestContext';
import { apiKeyRuntimeServiceRef } from '../authenticator/ApiKeyRuntime';
import { explainDenial } from './explainDenial';
import { guardServer } from './guardServer';
import { answerRegistrations, withholdPage } from './oauthDiscovery';
import { requestAuthenticatorsServiceRef } from './requestAuthenticators';

/** Offers actions to MCP clients, many of which try to log in after a refusal. */
const MCP_PLUGIN = 'mcp-actions';

/**
 * Backstage's HTTP router, which removes API keys from every request before a plugin handles it, including websockets and
 * public routes, where nothing reads credentials. It also adds the reason to denials of requests with a key that give none.
 *
 * @public
 */
export const apiKeyHttpRouterServiceFactory = createServiceFactory({
  service: coreServices.httpRouter,
  initialization: 'always',
  deps: {
    authenticators: requestAuthenticatorsServiceRef,
    httpRouter: innerHttpRouterServiceRef,
    plugin: coreServices.pluginMetadata,
    rootHttpRouter: coreServices.rootHttpRouter,
    rootLifecycle: coreServices.rootLifecycle,
    runtime: apiKeyRuntimeServiceRef,
  },
  createRootContext({ authenticators, rootHttpRouter, rootLifecycle }) {
    rootLifecycle.addStartupHook(() => {
      const mcp = authenticators.get(MCP_PLUGIN);
      if (mcp) answerRegistrations(rootHttpRouter, mcp);
    });
  },
  factory({ authenticators, httpRouter, plugin, runtime }) {
    const pluginId = plugin.getId();
    const requests = authenticators.get(pluginId);
    // A backend with a custom HTTP authentication accepts no keys.
    if (!requests) return httpRouter;
    runtime.takesKeysOutOfRequests = true;
    httpRouter.use((req: Request, res: Response, next) => {
      guardServer(req, authenticators);
      // Only the plugin that serves the app receives paths outside of its own.
      if (!req.baseUrl) withholdPage(req, res);
      requests.authenticate(req).then(() => next(), next);
    });
    const explain: ErrorRequestHandler = async (error, req, _res, next) => {
      const { context } = await requests.authenticate(req);
      const denied = runtime.permissionChecks.deniedIn(req);
      next(explainDenial(error, pluginId, context.authentication, denied));
    };
    const use = httpRouter.use.bind(httpRouter);
    httpRouter.use = handler => {
      use(handler);
      // Express recognizes error handlers by their four parameters.
      use(explain as unknown as Handler);
    };
    handleOutsideOfRequests(httpRouter);
    return httpRouter;
  },
});

/** Handles websockets outside of the request that opened them: a request's token is verified once, and a websocket lives longer. */
function handleOutsideOfRequests(httpRouter: HttpRouterService) {
  // Backstage before 1.57 has no such routes, and plugins may check for the method.
  const addWebSocketHandler: typeof httpRouter.addWebSocketHandler | undefined =
    httpRouter.addWebSocketHandler?.bind(httpRouter);
  if (!addWebSocketHandler) return;
  httpRouter.addWebSocketHandler = route =>
    addWebSocketHandler({
      ...route,
      handler: context => withoutRequestContext(() => route.handler(context)),
    });
}
