import { Knex } from 'knex';
import { ChangeTracker } from './ChangeTracker';
import { refusesCommit } from './databaseFailure';
import { isPostgres } from './dialect';

/**
 * Runs a change in a transaction that the operation under way knows about: whether its COMMIT was sent, if it fails. Changes that
 * somebody asks for come through here.
 */
export async function inTrackedTransaction<T>(
  knex: Knex,
  change: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  const tracker = ChangeTracker.current();
  let isCommitting = false;
  tracker?.begin();
  try {
    const result = await inTransaction(knex, async tx => {
      const changed = await change(tx);
      // Knex sends COMMIT next.
      tracker?.beforeCommit();
      isCommitting = true;
      return changed;
    });
    tracker?.end('done');
    return result;
  } catch (error) {
    const commit = refusesCommit(error) ? 'refused' : 'unknown';
    tracker?.end(isCommitting ? commit : undefined);
    throw error;
  }
}

/** Runs a change in a transaction. */
export async function inTransaction<T>(
  knex: Knex,
  change: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  if (isPostgres(knex)) return knex.transaction(change);
  const connection = await knex.client.acquireConnection();
  try {
    return await knex.transaction(change, { connection });
  } catch (error) {
    // SQLite leaves a transaction open whose COMMIT is refused because somebody reads the file. Knex would take the connection for a
    // free one, and all that comes after would be part of a transaction that is never committed.
    await knex
      .raw('rollback')
      .connection(connection)
      .catch(() => {}); // Fails where there is nothing to roll back.
    throw error;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
