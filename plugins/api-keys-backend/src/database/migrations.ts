import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isPostgres, acquireAdvisoryLock } from './dialect';
import { assertSupportedClient } from '../config/supportedClients';

const DIRECTORY = resolvePackagePath(
  'backstage-plugin-api-keys-backend',
  'migrations',
);

/** Opens the plugin's database and runs its migrations. */
export async function openDatabase(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  // A custom database service may differ from the configuration.
  assertSupportedClient(knex.client.config.client);
  if (!database.migrations?.skip) await migrate(knex);
  return knex;
}

/**
 * Runs migrations on one replica at a time. Knex creates its own tables without a lock and gives up if its lock is held. A
 * transaction that waits for a lock also leaves nothing behind when the backend is killed.
 */
async function migrate(knex: Knex): Promise<void> {
  if (!isPostgres(knex)) {
    await knex.migrate.latest({ directory: DIRECTORY });
    return;
  }
  await knex.transaction(async tx => {
    await acquireAdvisoryLock(tx, 'migrations');
    await tx.migrate.latest({ directory: DIRECTORY });
  });
}
