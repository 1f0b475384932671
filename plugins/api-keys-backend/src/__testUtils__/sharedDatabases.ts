import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';

/** The databases of all plugins of an installation, for portals that share them and for portals that are started again. */
export type SharedDatabases = {
  /** `backend.database` of the configuration. */
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
      // An empty password, which a server on this machine takes, is no configuration.
      connection: { ...connection, password: connection.password || 'none' },
      pluginDivisionMode: 'schema',
      // Several portals with many plugins each have to get by with one server.
      knexConfig: { pool: { min: 0, max: 3, idleTimeoutMillis: 500 } },
    },
    remove: async () => {},
  };
}
