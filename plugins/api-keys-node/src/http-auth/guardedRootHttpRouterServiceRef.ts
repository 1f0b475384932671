import {
  coreServices,
  createServiceFactory,
  createServiceRef,
  RootHttpRouterService,
} from '@backstage/backend-plugin-api';
import { withRequestContext } from '../authenticator/RequestContext';
import { guardServer } from './guardServer';
import { letWebSocketIn } from './letWebSocketIn';
import {
  requestAuthenticatorsServiceRef,
  requestedPluginOf,
  RequestAuthenticators,
} from './requestAuthenticators';

type AddWebSocketHandler = RootHttpRouterService['addWebSocketHandler'];

/**
 * Backstage's root HTTP router for the routers of plugins. The key of a websocket request is verified and removed before
 * Backstage authenticates the request, even if it is the first request to the server.
 */
export const guardedRootHttpRouterServiceRef =
  createServiceRef<RootHttpRouterService>({
    id: 'api-keys.guarded-root-http-router',
    scope: 'root',
    defaultFactory: async service =>
      createServiceFactory({
        service,
        deps: {
          rootHttpRouter: coreServices.rootHttpRouter,
          authenticators: requestAuthenticatorsServiceRef,
        },
        factory: ({ authenticators, rootHttpRouter }) => ({
          use: (path, handler) => rootHttpRouter.use(path, handler),
          // Backstage before 1.57 has no such routes and never calls this.
          addWebSocketHandler: route =>
            rootHttpRouter.addWebSocketHandler(guarded(route, authenticators)),
        }),
      }),
  });

function guarded(
  { path, handler }: Parameters<AddWebSocketHandler>[0],
  authenticators: RequestAuthenticators,
): Parameters<AddWebSocketHandler>[0] {
  return {
    path,
    async handler(context) {
      const { request, socket } = context;
      const authenticator = authenticators.get(requestedPluginOf(request));
      // A plugin with a custom HTTP authentication accepts no keys.
      if (!authenticator) return handler(context);
      guardServer(request, authenticators);
      const requestContext = await letWebSocketIn(
        request,
        socket,
        authenticator,
      );
      return (
        requestContext &&
        withRequestContext(requestContext, () => handler(context))
      );
    },
  };
}
