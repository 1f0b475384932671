import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { portalDir } from './paths.mjs';

/** Database engines for a portal. */
export type DatabaseServer =
  | { client: 'better-sqlite3' }
  | { client: 'pg'; connectionString: string };

/** Temporary databases for one portal, or for several replicas of it. */
export type PortalDatabases = {
  /** Value of `backend.database` in the portal's configuration. */
  config: Record<string, unknown>;
  /** Folder of the database files, on SQLite. */
  folder?: string;
  /** Changes a plugin's rows directly, to simulate states that take days to reach. */
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

/** The portal creates a database for each plugin; the prefix marks those of this run. */
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
