import {
  coreServices,
  createServiceFactory,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import type { ErrorRequestHandler, Handler, Request, Response } from 'express';
import { innerHttpRouterServiceRef } from '../backstage/httpRouter';
import { withoutRequestContext } from '../authenticator/RequestContext';
import { apiKeyRuntimeServiceRef } from '../runtime';
import { explainDenial } from './explainDenial';
import { guardServer } from './guardServer';
import { answerRegistrations, withholdPage } from './oauthDiscovery';
import { requestAuthenticatorsServiceRef } from './requestAuthenticators';

/** Offers actions to MCP clients, many of which try to log in once they are refused. */
const MCP_PLUGIN = 'mcp-actions';

/**
 * Backstage's HTTP router of each plugin, which hands no request on that still holds an API key: also on routes that are open to
 * everybody, where nothing asks for credentials, and for websockets. It also says why, where a request with a key is denied without
 * a word.
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
    // A backend with HTTP authentication of its own takes no keys.
    if (!requests) return httpRouter;
    runtime.takesKeysOutOfRequests = true;
    httpRouter.use((req: Request, res: Response, next) => {
      guardServer(req, authenticators);
      // Only the plugin that serves the app is called for paths that are not under its own.
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
      // Express knows handlers of errors by their four parameters.
      use(explain as unknown as Handler);
    };
    handleOutsideOfRequests(httpRouter);
    return httpRouter;
  },
});

/** Has websockets handled as no part of the request that opened them: they live for longer, and a request's token is judged once. */
function handleOutsideOfRequests(httpRouter: HttpRouterService) {
  // Backstage before 1.57 has no such routes, and plugins may look whether it has.
  const addWebSocketHandler: typeof httpRouter.addWebSocketHandler | undefined =
    httpRouter.addWebSocketHandler?.bind(httpRouter);
  if (!addWebSocketHandler) return;
  httpRouter.addWebSocketHandler = route =>
    addWebSocketHandler({
      ...route,
      handler: context => withoutRequestContext(() => route.handler(context)),
    });
}
