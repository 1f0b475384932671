import {
  type AddressInfo,
  connect,
  createServer,
  type Server,
  type Socket,
} from 'node:net';

type State = 'open' | 'cut' | 'silent';
type Connection = { inner: Socket; outer: Socket };

/** TCP proxy between one replica and the database, which can fail in the two ways that networks fail. */
export class DatabaseLink {
  /** Connection string of the proxy, for the replica. */
  readonly connectionString: string;
  readonly #server: Server;
  readonly #connections = new Set<Connection>();
  readonly #watchers = new Set<(sent: Buffer) => void>();
  #state: State = 'open';

  private constructor(server: Server, connectionString: string) {
    this.#server = server;
    this.connectionString = connectionString;
  }

  /** @param connectionString - of the database itself */
  static async open(connectionString: string): Promise<DatabaseLink> {
    const there = new URL(connectionString);
    const server = createServer();
    await new Promise<void>(resolve =>
      server.listen(0, '127.0.0.1', () => resolve()),
    );
    const here = new URL(connectionString);
    here.hostname = '127.0.0.1';
    here.port = String((server.address() as AddressInfo).port);

    const link = new DatabaseLink(server, here.href);
    server.on('connection', inner =>
      link.#accept(inner, () =>
        connect(Number(there.port || 5432), there.hostname),
      ),
    );
    return link;
  }

  /** Simulates a crashed database: closes all connections and rejects new ones. */
  cut(): void {
    this.#state = 'cut';
    for (const { inner, outer } of this.#connections) {
      inner.resetAndDestroy();
      outer.destroy();
    }
  }

  /** Simulates a firewall that drops packets, or a machine that hangs: no data passes and no connection closes. */
  silence(): void {
    this.#state = 'silent';
    for (const connection of this.#connections) disconnect(connection);
  }

  /** Delivers the data that was held back. */
  restore(): void {
    const waiting = this.#state === 'silent' ? this.#connections : [];
    this.#state = 'open';
    for (const connection of waiting) forward(connection);
  }

  /** Calls back for everything that the replica sends to the database, until the returned function is called. */
  watch(watcher: (sent: Buffer) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #accept(inner: Socket, dial: () => Socket) {
    // The socket closes after an error; there is nothing else to handle.
    inner.on('error', () => {});
    if (this.#state === 'cut') {
      inner.resetAndDestroy();
      return;
    }
    const outer = dial();
    outer.on('error', () => {});
    const connection = { inner, outer };
    this.#connections.add(connection);
    inner.on('data', sent => this.#watchers.forEach(tell => tell(sent)));
    inner.on('close', () => {
      this.#connections.delete(connection);
      outer.destroy();
    });
    outer.on('close', () => inner.resetAndDestroy());
    if (this.#state === 'silent') disconnect(connection);
    else forward(connection);
  }
}

function forward({ inner, outer }: Connection) {
  inner.pipe(outer, { end: false });
  outer.pipe(inner, { end: false });
  inner.resume();
  outer.resume();
}

function disconnect({ inner, outer }: Connection) {
  inner.unpipe(outer);
  outer.unpipe(inner);
  inner.pause();
  outer.pause();
}
