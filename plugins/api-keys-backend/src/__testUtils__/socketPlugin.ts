import type { IncomingMessage } from 'node:http';
import {
  coreServices,
  createBackendPlugin,
  HttpRouterServiceWebSocketContext,
} from '@backstage/backend-plugin-api';
import { createPermission } from '@backstage/plugin-permission-common';
import { on, once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';

/** Arguments of a websocket handler. */
export type HandledSocket = Pick<
  HttpRouterServiceWebSocketContext,
  'credentials' | 'authProtocol'
> &
  Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'rawHeaders' | 'url'>;

/**
 * Plugin with websocket routes of Backstage 1.57 that reports over them what it can do on behalf of the user:
 *
 * - `/socket`: for users and services
 * - `/open`: for unauthenticated requests too
 *
 * It declares a permission, `<plugin>.own`, that it never checks.
 *
 * A message is the id of a plugin whose `GET /whoami` to call on behalf of the caller, or `self` to authenticate the
 * token of the request again; the reply is the status.
 */
export function socketPlugin(pluginId: string) {
  const handled: HandledSocket[] = [];
  const feature = createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: {
          auth: coreServices.auth,
          discovery: coreServices.discovery,
          httpRouter: coreServices.httpRouter,
          lifecycle: coreServices.lifecycle,
          permissionsRegistry: coreServices.permissionsRegistry,
        },
        async init({ auth, discovery, httpRouter, lifecycle, ...deps }) {
          deps.permissionsRegistry.addPermissions([
            createPermission({ name: `${pluginId}.own`, attributes: {} }),
          ]);
          const server = new WebSocketServer({ noServer: true });
          lifecycle.addShutdownHook(() => server.close());

          const callAs = async (
            { credentials, request }: HttpRouterServiceWebSocketContext,
            target: string,
          ) => {
            if (target === 'self') {
              const [, token] = request.headers.authorization!.split(' ');
              await auth.authenticate(token);
              return 200;
            }
            const { token } = await auth.getPluginRequestToken({
              onBehalfOf: credentials,
              targetPluginId: target,
            });
            const baseUrl = await discovery.getBaseUrl(target);
            const { status } = await fetch(`${baseUrl}/whoami`, {
              headers: { Authorization: `Bearer ${token}` },
            });
            return status;
          };

          /** Runs within the handler, unlike a listener. */
          const answer = async (
            webSocket: WebSocket,
            context: HttpRouterServiceWebSocketContext,
          ) => {
            for await (const [target] of on(webSocket, 'message')) {
              const status = await callAs(context, String(target)).catch(
                error => error.name,
              );
              webSocket.send(String(status));
            }
          };

          const handler = async (
            context: HttpRouterServiceWebSocketContext,
          ): Promise<void> => {
            const { request, socket, head, credentials, authProtocol } =
              context;
            const { headers, headersDistinct, rawHeaders, url } = request;
            handled.push({
              ...{ credentials, authProtocol },
              ...{ headers, headersDistinct, rawHeaders, url },
            });
            const opened = once(server, 'connection');
            server.handleUpgrade(request, socket, head, webSocket =>
              server.emit('connection', webSocket),
            );
            const [webSocket] = await opened;
            answer(webSocket, context).catch(() => {});
          };
          httpRouter.addWebSocketHandler({ path: '/socket', handler });
          httpRouter.addWebSocketHandler({
            path: '/open',
            handler,
            authPolicy: 'unauthenticated',
          });
        },
      });
    },
  });
  return { feature, handled };
}
