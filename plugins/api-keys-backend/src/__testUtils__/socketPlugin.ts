import type { IncomingMessage } from 'node:http';
import {
  coreServices,
  createBackendPlugin,
  HttpRouterServiceWebSocketContext,
} from '@backstage/backend-plugin-api';
import { createPermission } from '@backstage/plugin-permission-common';
import { on, once } from 'node:events';
import { WebSocket, WebSocketServer } from 'ws';

/** What a handler of websockets was given. */
export type HandledSocket = Pick<
  HttpRouterServiceWebSocketContext,
  'credentials' | 'authProtocol'
> &
  Pick<IncomingMessage, 'headers' | 'headersDistinct' | 'rawHeaders' | 'url'>;

/**
 * A plugin with websockets of Backstage 1.57, which says over them what it can do as who opened them:
 *
 * - `/socket`, for users and services
 * - `/open`, for everybody
 *
 * It has a permission, `<plugin>.own`, that it never asks for.
 *
 * A message is the id of a plugin to call `GET /whoami` of on behalf of the caller, or `self` to authenticate the token of the
 * request once more; the answer is the status.
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

          /** As part of what the handler does, unlike a listener. */
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
