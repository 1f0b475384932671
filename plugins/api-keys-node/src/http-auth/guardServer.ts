import { IncomingMessage, Server, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { RETRY_AFTER_SECONDS } from './challenge';
import type { RequestAuthenticator } from './RequestAuthenticator';

type RequestAuthenticators = ReadonlyMap<string, RequestAuthenticator>;

const PLUGIN_PATH = /^\/api\/([^/?]+)/;
const guarded = new WeakSet<Server>();

const STATUS_BY_ERROR: { [errorName: string]: number | undefined } = {
  InputError: 400,
  AuthenticationError: 401,
  NotAllowedError: 403,
  TooManyRequestsError: 429,
};

/**
 * Takes API keys out of requests that reach no plugin's router: those for websockets, and those that no plugin answers, which
 * Backstage writes to its access log all the same. Plugins start to listen for websockets with the first request of theirs, so
 * that any request to a plugin is early enough.
 *
 * @param req - any request to the server
 * @param authenticators - of each plugin, by its id
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
    const [, pluginId = ''] = PLUGIN_PATH.exec(req.url ?? '') ?? [];
    const authenticator = authenticators.get(pluginId);
    if (!authenticator) anyAuthenticator.takeKeys(req);
    if (!authenticator || event === 'request') return emit(event, ...args);
    letIn(req, stream, authenticator).then(isLetIn => {
      if (isLetIn) emit(event, ...args);
    });
    return true;
  };
}

/** Never rejects. */
async function letIn(
  req: IncomingMessage,
  stream: Duplex,
  authenticator: RequestAuthenticator,
): Promise<boolean> {
  // Nobody else listens yet, and an error that nobody hears of ends the process.
  const onError = () => stream.destroy();
  stream.on('error', onError);
  try {
    const { error, webSocketProtocol } = await authenticator.authenticate(req);
    if (error) throw error;
    if (webSocketProtocol) answerAsOffered(stream, webSocketProtocol);
    stream.off('error', onError);
    return !stream.destroyed;
  } catch (error) {
    refuse(stream, error);
    return false;
  }
}

/** A websocket has no answer in which a plugin could say that it lets nobody in. */
function refuse(stream: Duplex, error: unknown) {
  const status = STATUS_BY_ERROR[(error as Error)?.name] ?? 503;
  const isTemporary = status === 503 || status === 429;
  const retry = isTemporary ? `Retry-After: ${RETRY_AFTER_SECONDS}\r\n` : '';
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${retry}Content-Length: 0\r\nConnection: close\r\n\r\n`,
    () => stream.destroy(),
  );
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
