import { once } from 'node:events';
import http from 'node:http';
import { Duplex } from 'node:stream';
import { SentHeaders } from './askAsGateway';

/** Connection after a request to upgrade it to a websocket. */
export type UpgradedConnection = {
  /** 101 if it was upgraded. */
  status: number;
  headers: http.IncomingHttpHeaders;
  /** Sends a text and returns the reply. */
  echo(text: string): Promise<string>;
  close(): void;
};

/** Requests a websocket like a client that can set headers, unlike a browser. */
export function openUpgrade(
  url: string,
  headers: SentHeaders,
): Promise<UpgradedConnection> {
  const request = http.get(url, {
    agent: false,
    headers: {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
      ...Object.fromEntries(headers),
    },
  });
  const connection = (
    response: http.IncomingMessage,
    socket: Duplex,
  ): UpgradedConnection => ({
    status: response.statusCode!,
    headers: response.headers,
    echo: async text => {
      socket.write(text);
      const [data] = await once(socket, 'data');
      return String(data);
    },
    close: () => socket.destroy(),
  });
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('upgrade', (res, socket) => resolve(connection(res, socket)));
    request.on('response', res => resolve(connection(res, res.socket)));
  });
}
