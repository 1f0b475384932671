import pg from 'pg';
import { createDatabases, type PortalDatabases } from './databases';
import { DatabaseLink } from './DatabaseLink';
import { Portal } from './Portal';

/** As in production: a backend that stops first completes the requests that it has accepted. */
const ENVIRONMENT = 'staging';

const CONFIG = {
  // Backends poll for events, and shutdown waits for the open poll: a minute by default.
  events: { notifyTimeoutMs: 2000 },
  apiKeys: {
    lastUsed: { resolution: '1 second' },
    // The tests cause many refusals and create many keys.
    limits: { failuresPerIp: { max: 1_000_000 }, keysPerOwner: 10_000 },
  },
};

const DATABASE_OF_KEYS = 'api-keys';

/** One of several backends on the same database, with its own connection to it. */
export class Replica {
  readonly name: string;
  readonly portal: Portal;
  readonly database: DatabaseLink;

  constructor(name: string, portal: Portal, database: DatabaseLink) {
    this.name = name;
    this.portal = portal;
    this.database = database;
  }

  get url(): string {
    return this.portal.url;
  }

  async remove(): Promise<void> {
    this.database.restore();
    await this.portal.remove();
    await this.database.close();
  }
}

/** Two backends on one PostgreSQL, each on a port of its own, without a load balancer. */
export class Replicas {
  readonly a: Replica;
  readonly b: Replica;
  readonly databases: PortalDatabases;

  private constructor(databases: PortalDatabases, a: Replica, b: Replica) {
    this.databases = databases;
    this.a = a;
    this.b = b;
  }

  /**
   * Creates two replicas on databases of their own, without starting them.
   *
   * @param connectionString - of the server
   * @param apiKeys - additional configuration of API keys
   */
  static async create(
    connectionString: string,
    apiKeys: object = {},
  ): Promise<Replicas> {
    const config = { ...CONFIG, apiKeys: { ...CONFIG.apiKeys, ...apiKeys } };
    const databases = await createDatabases({ client: 'pg', connectionString });
    const replica = async (name: string) => {
      const link = await DatabaseLink.open(connectionString);
      const portal = await Portal.create(
        { config: { ...databases.config, connection: link.connectionString } },
        config,
        { environment: ENVIRONMENT },
      );
      return new Replica(name, portal, link);
    };
    return new Replicas(databases, await replica('A'), await replica('B'));
  }

  get all(): Replica[] {
    return [this.a, this.b];
  }

  /** Starts one after the other, as a rollout does. */
  async start(): Promise<void> {
    for (const { portal } of this.all) await portal.start();
  }

  /** Starts both at the same time. */
  async restart(): Promise<void> {
    await Promise.all(this.all.map(({ portal }) => portal.start()));
  }

  /** Runs a statement on the database of API keys, and returns its rows. */
  async query<Row extends object>(
    sql: string,
    values: readonly unknown[] = [],
  ): Promise<Row[]> {
    const { connection, prefix } = this.databases.config;
    const url = new URL(String(connection));
    url.pathname = `/${prefix}${DATABASE_OF_KEYS}`;
    const database = new pg.Client({ connectionString: url.href });
    await database.connect();
    try {
      const { rows } = await database.query<Row>(sql, [...values]);
      return rows;
    } finally {
      await database.end();
    }
  }

  async remove(): Promise<void> {
    await Promise.all(this.all.map(replica => replica.remove()));
    await this.databases.remove();
  }
}
