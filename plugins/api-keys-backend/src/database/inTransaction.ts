import { Knex } from 'knex';
import { ChangeTracker } from './ChangeTracker';
import { refusesCommit } from './databaseFailure';
import { isPostgres } from './dialect';

/**
 * Runs a change in a transaction and reports to the operation's tracker whether its COMMIT was sent. All changes that a caller
 * requests use it.
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
      // Knex sends COMMIT after this.
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
    // SQLite leaves a transaction open if its COMMIT is refused because of a reader. Knex would reuse the connection, and all
    // later statements would be part of a transaction that is never committed.
    await knex
      .raw('rollback')
      .connection(connection)
      .catch(() => {}); // Fails if there is nothing to roll back.
    throw error;
  } finally {
    await knex.client.releaseConnection(connection);
  }
}
