import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres, waitForLock } from './dialect';
import { assertSupportedClient } from './supportedClients';

const DIRECTORY = resolvePackagePath(
  'backstage-plugin-api-keys-backend',
  'migrations',
);

/** Opens the plugin's database and brings its tables up to date. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  // A database service of the installation's own need not be as the configuration has it.
  assertSupportedClient(knex.client.config.client);
  if (!database.migrations?.skip) await migrate(knex);
  return knex;
}

/**
 * Replicas that start together take turns. Knex alone makes its own tables without a lock and then gives up on whoever holds the
 * lock; a transaction that waits also leaves nothing behind when the backend is killed in the middle.
 */
async function migrate(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.migrate.latest({ directory: DIRECTORY });
    return;
  }
  await knex.transaction(async tx => {
    await waitForLock(tx, 'migrations');
    await tx.migrate.latest({ directory: DIRECTORY });
  });
}
