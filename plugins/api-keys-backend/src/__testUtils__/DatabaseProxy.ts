import { once } from 'node:events';
import { AddressInfo, connect, createServer, Server, Socket } from 'node:net';

/**
 * - `refused`: connections end, and new ones end at once;
 * - `silent`: nothing comes through and nothing ends;
 * - `slow`: everything takes its time, and comes in order;
 * - `cut-before-commit`: a connection ends that is about to pass on a COMMIT;
 * - `cut-after-commit`: a connection ends that is about to pass on the answer to a COMMIT.
 */
export type ProxyState =
  | 'open'
  | 'refused'
  | 'silent'
  | 'slow'
  | 'cut-before-commit'
  | 'cut-after-commit';

type Connection = { client: Socket; server: Socket };

/** From one side to the other. */
const SLOW_MS = 400;

/** A TCP proxy in front of PostgreSQL, which fails in the ways that networks and databases fail. */
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

  /** Connections end that are silent or slow: nothing may overtake what is on its way. */
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
