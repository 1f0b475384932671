import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * - `refused`: closes open connections and every new one at once;
 * - `silent`: forwards nothing and keeps connections open;
 * - `slow`: forwards everything late, in order;
 * - `cut-before-commit`: closes a connection that is about to forward a COMMIT;
 * - `cut-after-commit`: closes a connection that is about to forward the response to a COMMIT.
 */
export type ProxyState =
  | 'open'
  | 'refused'
  | 'silent'
  | 'slow'
  | 'cut-before-commit'
  | 'cut-after-commit';

type Connection = { client: Socket; server: Socket };

/** Delay in each direction. */
const SLOW_MS = 400;

/** TCP proxy in front of PostgreSQL that simulates failures of networks and databases. */
export class DatabaseProxy {
  readonly #server: Server;
  readonly #target: { host: string; port: number };
  readonly #connections = new Set<Connection>();
  #state: ProxyState = 'open';

  static async start(target: {
    host: string;
    port: number;
  }): Promise<DatabaseProxy> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new DatabaseProxy(server, target);
  }

  private constructor(server: Server, target: { host: string; port: number }) {
    this.#server = server;
    this.#target = target;
    server.on('connection', client => this.#accept(client));
  }

  get host(): string {
    return '127.0.0.1';
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Silent and slow connections are closed so that new traffic cannot overtake what is still in transit. */
  set(state: ProxyState): void {
    const wasHeldUp = ['silent', 'slow'].includes(this.#state);
    this.#state = state;
    if (state === 'refused' || wasHeldUp) this.#endAll();
  }

  async stop(): Promise<void> {
    this.#server.close();
    this.#endAll();
    await once(this.#server, 'close');
  }

  #endAll() {
    for (const connection of this.#connections) end(connection);
  }

  #accept(client: Socket) {
    client.on('error', () => {});
    if (this.#state === 'refused') {
      client.resetAndDestroy();
      return;
    }
    const server = connect(this.#target);
    server.on('error', () => {});
    const connection = { client, server };
    this.#connections.add(connection);
    client.on('close', () => {
      this.#connections.delete(connection);
      server.destroy();
    });
    server.on('close', () => client.destroy());
    this.#forward(connection);
  }

  #forward(connection: Connection) {
    const { client, server } = connection;
    let isCommitting = false;
    client.on('data', sent => {
      if (this.#state === 'silent') return;
      isCommitting = sent.includes('COMMIT;');
      if (isCommitting && this.#state === 'cut-before-commit') end(connection);
      else this.#pass(server, sent);
    });
    server.on('data', answer => {
      if (this.#state === 'silent') return;
      if (isCommitting && this.#state === 'cut-after-commit') end(connection);
      else this.#pass(client, answer);
    });
  }

  #pass(to: Socket, data: Buffer) {
    if (this.#state === 'slow') setTimeout(() => to.write(data), SLOW_MS);
    else to.write(data);
  }
}

function end({ client, server }: Connection) {
  client.resetAndDestroy();
  server.destroy();
}
