import { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { letWebSocketIn } from './letWebSocketIn';
import {
  requestedPluginOf,
  RequestAuthenticators,
} from './requestAuthenticators';

const guarded = new WeakSet<Server>();

/**
 * Takes API keys out of requests that reach no plugin's router: those for websockets that have no route, and those that no plugin
 * answers, which Backstage writes to its access log all the same. Plugins without routes for websockets start to listen with the first
 * request of theirs, so that any request to a plugin is early enough.
 *
 * @param req - any request to the server
 */
export function guardServer(
  { socket }: IncomingMessage,
  authenticators: RequestAuthenticators,
): void {
  const { server } = socket as typeof socket & { server?: Server };
  if (!server || guarded.has(server)) return;
  guarded.add(server);
  const [anyAuthenticator] = authenticators.values();
  const emit = server.emit.bind(server);
  server.emit = (event: string, ...args: any[]): boolean => {
    if (event !== 'request' && event !== 'upgrade') return emit(event, ...args);
    const [req, stream] = args as [IncomingMessage, Duplex];
    const authenticator = authenticators.get(requestedPluginOf(req));
    if (!authenticator) anyAuthenticator.takeKeys(req);
    if (!authenticator || event === 'request') return emit(event, ...args);
    letWebSocketIn(req, stream, authenticator).then(isLetIn => {
      if (isLetIn) emit(event, ...args);
    });
    return true;
  };
}
