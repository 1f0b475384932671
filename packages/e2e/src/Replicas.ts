import { createDatabases, type PortalDatabases } from './databases';
import { DatabaseLink } from './DatabaseLink';
import { Portal } from './Portal';

/** As in production: a backend that stops lets the requests that it has taken come to their end. */
const ENVIRONMENT = 'staging';

const CONFIG = {
  // Backends wait for events by asking themselves, and one that stops waits for the answer: a minute, by default.
  events: { notifyTimeoutMs: 2000 },
  apiKeys: {
    lastUsed: { resolution: '1 second' },
    // Tests are refused a lot, and make many keys.
    limits: { failuresPerIp: { max: 1_000_000 }, keysPerOwner: 10_000 },
  },
};

/** One of several backends on the same database, and its own way to it. */
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

/** Two backends on one PostgreSQL, each on a port of its own, with nothing in front of them. */
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
   * Two that are not running yet, on databases of their own.
   *
   * @param connectionString - of the server
   */
  static async create(connectionString: string): Promise<Replicas> {
    const databases = await createDatabases({ client: 'pg', connectionString });
    const replica = async (name: string) => {
      const link = await DatabaseLink.open(connectionString);
      const portal = await Portal.create(
        { config: { ...databases.config, connection: link.connectionString } },
        CONFIG,
        { environment: ENVIRONMENT },
      );
      return new Replica(name, portal, link);
    };
    return new Replicas(databases, await replica('A'), await replica('B'));
  }

  get all(): Replica[] {
    return [this.a, this.b];
  }

  /** One after the other, as in a rollout. */
  async start(): Promise<void> {
    for (const { portal } of this.all) await portal.start();
  }

  async remove(): Promise<void> {
    await Promise.all(this.all.map(replica => replica.remove()));
    await this.databases.remove();
  }
}
