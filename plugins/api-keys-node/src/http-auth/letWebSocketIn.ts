import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestContext } from '../authenticator/RequestContext';
import { refuseWebSocket } from './refuseWebSocket';
import type { RequestAuthenticator } from './RequestAuthenticator';

/**
 * Authenticates a websocket request before a plugin gets it, and answers it if its key is refused, since a plugin cannot send
 * an error on a websocket. Never rejects. A request that passes both the server and its route is authenticated once.
 *
 * @returns undefined for a request that was answered, or whose client has disconnected
 */
export async function letWebSocketIn(
  req: IncomingMessage,
  stream: Duplex,
  authenticator: RequestAuthenticator,
): Promise<RequestContext | undefined> {
  // The stream may have no other listener yet, and an unhandled 'error' event ends the process.
  const onError = () => stream.destroy();
  stream.on('error', onError);
  try {
    const { context, webSocketProtocol } =
      await authenticator.authenticateWebSocket(req);
    if (webSocketProtocol) answerAsOffered(stream, webSocketProtocol);
    stream.off('error', onError);
    return stream.destroyed ? undefined : context;
  } catch (error) {
    refuseWebSocket(req, stream, error);
    return undefined;
  }
}

/**
 * Restores the offered subprotocol in the answer. The server confirms the user token that replaced the key, but clients
 * disconnect on a subprotocol that they did not offer, and the token must not leave the backend.
 */
function answerAsOffered(
  stream: Duplex,
  { offered, used }: { offered: string; used: string },
) {
  const { write, end } = stream;
  /** The first write contains the head of the answer. */
  const replaced = (method: (...args: any[]) => any) =>
    function writeHead(chunk: any, ...args: any[]) {
      Object.assign(stream, { write, end });
      const head = chunk?.toString('latin1').replace(used, offered);
      return method.call(stream, head, ...args);
    };
  Object.assign(stream, { write: replaced(write), end: replaced(end) });
}
