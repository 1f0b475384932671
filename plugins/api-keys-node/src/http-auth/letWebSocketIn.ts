import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestContext } from '../authenticator/RequestContext';
import { refuseWebSocket } from './refuseWebSocket';
import type { RequestAuthenticator } from './RequestAuthenticator';

/**
 * Judges a request for a websocket before a plugin has it, and answers it if its key is refused: a websocket has no answer in which
 * the plugin could do so. Never rejects. A request that is let in twice, by the server and by its route, is judged once.
 *
 * @returns undefined for a request that is answered, or whose client has gone
 */
export async function letWebSocketIn(
  req: IncomingMessage,
  stream: Duplex,
  authenticator: RequestAuthenticator,
): Promise<RequestContext | undefined> {
  // Nobody else may listen yet, and an error that nobody hears of ends the process.
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
 * A server confirms the subprotocol, and clients hang up on another one than they have offered. So the user token that took the
 * place of the key is in the answer, where it is put back: it never leaves the backend.
 */
function answerAsOffered(
  stream: Duplex,
  { offered, used }: { offered: string; used: string },
) {
  const { write, end } = stream;
  /** The head of the answer is the first that is written. */
  const replaced = (method: (...args: any[]) => any) =>
    function writeHead(chunk: any, ...args: any[]) {
      Object.assign(stream, { write, end });
      const head = chunk?.toString('latin1').replace(used, offered);
      return method.call(stream, head, ...args);
    };
  Object.assign(stream, { write: replaced(write), end: replaced(end) });
}
