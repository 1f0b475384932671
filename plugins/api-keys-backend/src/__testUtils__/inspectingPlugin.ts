import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import type { Request } from 'express';
import Router from 'express-promise-router';

/** Everything that a plugin can see of a request. */
export type Inspected = Pick<
  IncomingMessage,
  'headers' | 'headersDistinct' | 'rawHeaders' | 'url'
> &
  Partial<Pick<Request, 'originalUrl' | 'query' | 'params'>>;

/**
 * Plugin that returns everything that it can see of a request:
 *
 * - `GET /closed/<anything>`: for users and services
 * - `GET /open/<anything>`: for unauthenticated requests too; `GET /asks/<anything>`: also open, but reads the
 *   credentials
 * - websocket requests: adds what it sees to `upgrades` and accepts the first subprotocol
 */
export function inspectingPlugin(pluginId: string) {
  const upgrades: Inspected[] = [];
  const onUpgrade = (req: IncomingMessage, socket: Duplex) => {
    if (!req.url?.startsWith(`/api/${pluginId}/`)) return;
    upgrades.push(inspect(req));
    const [protocol] = (req.headers['sec-websocket-protocol'] ?? '').split(',');
    socket.end(
      `HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Protocol: ${protocol}\r\n\r\n`,
    );
  };
  const feature = createBackendPlugin({
    pluginId,
    register(reg) {
      reg.registerInit({
        deps: {
          httpAuth: coreServices.httpAuth,
          httpRouter: coreServices.httpRouter,
        },
        async init({ httpAuth, httpRouter }) {
          let isListening = false;
          const router = Router();
          router.use((req, _res, next) => {
            if (!isListening) {
              isListening = true;
              (req.socket as any).server.on('upgrade', onUpgrade);
            }
            next();
          });
          router.get('/asks/:rest?', async req => {
            await httpAuth.credentials(req, { allow: ['user', 'none'] });
            return 'next';
          });
          router.get('*', async (req, res) => {
            res.json(inspect(req));
          });
          httpRouter.use(router);
          for (const path of ['/open', '/asks']) {
            httpRouter.addAuthPolicy({ path, allow: 'unauthenticated' });
          }
        },
      });
    },
  });

  return { feature, upgrades };
}

function inspect(req: Request | IncomingMessage): Inspected {
  const { headers, headersDistinct, rawHeaders, url } = req;
  const { originalUrl, query, params } = req as Partial<Request>;
  return {
    ...{ headers, headersDistinct, rawHeaders, url },
    ...{ originalUrl, query, params },
  };
}
