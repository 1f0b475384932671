import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';

/** Databases of all plugins of an installation, for portals that share them or restart on them. */
export type SharedDatabases = {
  /** `backend.database` section of the configuration. */
  database: JsonObject;
  remove(): Promise<void>;
};

export async function sharedDatabases(
  databases: TestDatabases,
  databaseId: TestDatabaseId,
): Promise<SharedDatabases> {
  if (databaseId === 'SQLITE_3') {
    const directory = await mkdtemp(join(tmpdir(), 'api-keys-'));
    return {
      database: { client: 'better-sqlite3', connection: { directory } },
      remove: () => rm(directory, { recursive: true, force: true }),
    };
  }
  const knex = await databases.init(databaseId);
  const { connection } = knex.client.config;
  return {
    database: {
      client: 'pg',
      // Configuration cannot hold an empty password, which a local server accepts.
      connection: { ...connection, password: connection.password || 'none' },
      pluginDivisionMode: 'schema',
      // Several portals with many plugins each share one server.
      knexConfig: { pool: { min: 0, max: 3, idleTimeoutMillis: 500 } },
    },
    remove: async () => {},
  };
}
