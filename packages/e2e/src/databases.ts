import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { portalDir } from './paths.mjs';

/** Where a portal may keep its data. */
export type DatabaseServer =
  | { client: 'better-sqlite3' }
  | { client: 'pg'; connectionString: string };

/** Databases of our own for one portal, or for several replicas of it. */
export type PortalDatabases = {
  /** What goes into `backend.database` of the portal's configuration. */
  config: Record<string, unknown>;
  /** Where the files are, if there are files. */
  folder?: string;
  /** Changes rows of a plugin under its feet, for what takes too long to come about by itself. */
  execute(pluginId: string, sql: string): Promise<void>;
  remove(): Promise<void>;
};

async function createSqlite(): Promise<PortalDatabases> {
  const folder = await mkdtemp(join(tmpdir(), 'api-keys-sqlite-'));
  return {
    config: { client: 'better-sqlite3', connection: { directory: folder } },
    folder,
    async execute(pluginId, sql) {
      const Database = createRequire(join(portalDir, 'packages/backend/'))(
        'better-sqlite3',
      );
      const database = new Database(join(folder, `${pluginId}.sqlite`));
      database.exec(sql);
      database.close();
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The portal makes a database for each plugin; the prefix tells ours from everybody else's. */
async function createPostgres(
  connectionString: string,
): Promise<PortalDatabases> {
  const prefix = `api_keys_e2e_${randomBytes(4).toString('hex')}_`;
  return {
    config: { client: 'pg', connection: connectionString, prefix },
    async execute(pluginId, sql) {
      const url = new URL(connectionString);
      url.pathname = `/${prefix}${pluginId}`;
      const client = new Client({ connectionString: url.href });
      await client.connect();
      await client.query(sql);
      await client.end();
    },
    async remove() {
      const client = new Client({ connectionString });
      await client.connect();
      const { rows } = await client.query<{ datname: string }>(
        'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
        [prefix],
      );
      for (const { datname } of rows) {
        await client.query(
          `DROP DATABASE ${client.escapeIdentifier(datname)} WITH (FORCE)`,
        );
      }
      await client.end();
    },
  };
}

export function createDatabases(
  server: DatabaseServer,
): Promise<PortalDatabases> {
  return server.client === 'pg'
    ? createPostgres(server.connectionString)
    : createSqlite();
}
