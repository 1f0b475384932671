import WebSocket from 'ws';

const NO_ANSWER_MS = 500;

/**
 * Opens a websocket like a browser, with a token as its subprotocol, and closes it at once.
 *
 * @returns status of the response; undefined if there was none, as for the first request to the signals plugin
 */
export async function openWebSocket(
  url: string,
  token: string,
): Promise<number | undefined> {
  const socket = new WebSocket(url.replace('http', 'ws'), token);
  return new Promise(resolve => {
    const answer = (status?: number) => {
      resolve(status);
      socket.terminate();
    };
    setTimeout(answer, NO_ANSWER_MS).unref();
    socket.on('open', () => answer(101));
    socket.on('unexpected-response', (_, { statusCode }) => answer(statusCode));
    socket.on('error', () => answer());
  });
}
