import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { KeyChange } from './KeyChanges';

export type WebhookEvent = KeyChange & { id: string; at: string };

/** Request that the receiver has read, and not answered yet. */
export type HeldRequest = {
  /** Counts the event as received, and answers 204. */
  accept(): void;
  /** Closes the connection, as if the request had never arrived. */
  drop(): void;
};

/** Service that receives the webhooks of all replicas. */
export class WebhookReceiver {
  /** Received events in the order of their arrival, with repeats. */
  readonly events: WebhookEvent[] = [];
  readonly #server: Server;
  #hold?: (request: HeldRequest) => void;

  private constructor() {
    this.#server = createServer((request, response) => {
      // The request of a process that is killed may end in the middle.
      this.#receive(request, response).catch(() => {});
    });
  }

  static async open(): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    await new Promise<void>(resolve =>
      receiver.#server.listen(0, '127.0.0.1', () => resolve()),
    );
    return receiver;
  }

  /** Value of `apiKeys.webhooks` in the portal's configuration. */
  get config(): object[] {
    const { port } = this.#server.address() as AddressInfo;
    const host = `127.0.0.1:${port}`;
    return [
      {
        url: `http://${host}/api-keys`,
        secret: `whsec_${Buffer.alloc(32, 1).toString('base64')}`,
        allowedHosts: [host],
        eventTypes: ['revoked', 'leak-reported'],
      },
    ];
  }

  /** Holds the next request until the caller accepts or drops it. */
  holdNext(): Promise<HeldRequest> {
    return new Promise(resolve => {
      this.#hold = resolve;
    });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #receive(request: IncomingMessage, response: ServerResponse) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const event = JSON.parse(Buffer.concat(chunks).toString());
    const held: HeldRequest = {
      accept: () => {
        this.events.push(event);
        response.writeHead(204).end();
      },
      drop: () => response.destroy(),
    };
    const hold = this.#hold;
    this.#hold = undefined;
    if (hold) hold(held);
    else held.accept();
  }
}
