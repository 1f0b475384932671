import { DatabaseService } from '@backstage/backend-plugin-api';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { openStores, Stores } from '../database/stores';

const CONNECTIONS = 5;

/** Two backends on one database. On PostgreSQL each has its own connections; SQLite has one for both. */
export type Replicas = {
  knex: Knex;
  /** Database service of each backend. */
  databases: [DatabaseService, DatabaseService];
  stores: [Stores, Stores];
  /** Opens all connections of both backends: requests cannot race over a single one. */
  warmUp(): Promise<void>;
  stop(): Promise<void>;
};

export async function startReplicas(
  databases: TestDatabases,
  databaseId: TestDatabaseId,
): Promise<Replicas> {
  const isSqlite = databaseId === 'SQLITE_3';
  const knex = await databases.init(databaseId);
  const otherKnex = isSqlite ? knex : knexFactory(knex.client.config);
  const databaseOf = (one: Knex): DatabaseService => ({
    getClient: async () => one,
  });
  const both: Replicas['databases'] = [databaseOf(knex), databaseOf(otherKnex)];
  const open = (database: DatabaseService) => openStores({ database });
  return {
    knex,
    databases: both,
    stores: [await open(both[0]), await open(both[1])],
    async warmUp() {
      if (isSqlite) return;
      const naps = [knex, otherKnex].flatMap(one =>
        Array.from({ length: CONNECTIONS }, () =>
          one.raw('select pg_sleep(0.05)'),
        ),
      );
      await Promise.all(naps);
    },
    async stop() {
      if (!isSqlite) await otherKnex.destroy();
    },
  };
}
