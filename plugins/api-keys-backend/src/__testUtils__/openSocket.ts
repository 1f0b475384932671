import { once } from 'node:events';
import { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import WebSocket from 'ws';

/** Response to a websocket request. */
export type OpenedSocket = {
  /** 101 if the websocket is open. */
  status: number;
  headers: IncomingMessage['headers'];
  /** Body of a response other than 101. */
  body: string;
  /** Subprotocol that the server chose. */
  protocol: string;
  /** Sends a message and returns the next one received. */
  ask(message: string): Promise<string>;
  close(): void;
};

/** Requests a websocket with any headers, like a script. */
export async function openSocket(
  url: string,
  options: {
    headers?: Record<string, string | string[]>;
    protocols?: string[];
  },
): Promise<OpenedSocket> {
  const { headers, protocols = [] } = options;
  const socket = new WebSocket(url.replace('http', 'ws'), protocols, {
    headers,
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    let upgraded: IncomingMessage;
    socket.on('upgrade', response => {
      upgraded = response;
    });
    socket.on('open', () => resolve(upgraded));
    socket.on('unexpected-response', (_, response) => resolve(response));
    socket.on('error', reject);
  });
  const response = await answered;
  const status = response.statusCode!;
  return {
    status,
    headers: response.headers,
    body: status === 101 ? '' : await text(response),
    protocol: socket.protocol,
    ask: async message => {
      socket.send(message);
      const [answer] = await once(socket, 'message');
      return String(answer);
    },
    close: () => socket.terminate(),
  };
}
