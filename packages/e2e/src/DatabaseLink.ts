import {
  type AddressInfo,
  connect,
  createServer,
  type Server,
  type Socket,
} from 'node:net';

type State = 'open' | 'cut' | 'silent';
type Connection = { inner: Socket; outer: Socket };

/** The way from one replica to the database, which can fail in the two ways that networks fail. */
export class DatabaseLink {
  /** The database as the replica is to know it. */
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

  /** Connections end, and new ones end at once: the database has crashed. */
  cut(): void {
    this.#state = 'cut';
    for (const { inner, outer } of this.#connections) {
      inner.resetAndDestroy();
      outer.destroy();
    }
  }

  /** Nothing comes through and nothing ends: a firewall drops everything, or the machine hangs. */
  silence(): void {
    this.#state = 'silent';
    for (const connection of this.#connections) disconnect(connection);
  }

  /** What waited comes through now. */
  restore(): void {
    const waiting = this.#state === 'silent' ? this.#connections : [];
    this.#state = 'open';
    for (const connection of waiting) forward(connection);
  }

  /** Calls back for whatever the replica sends to the database, until the returned function is called. */
  watch(watcher: (sent: Buffer) => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #accept(inner: Socket, dial: () => Socket) {
    // A socket that fails closes, and that is all there is to know about it.
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
