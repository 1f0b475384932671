import { Knex } from 'knex';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { inTrackedTransaction } from './inTransaction';
import { KeyListeners } from './KeyListeners';

/** The database, and the listeners to changes of keys. */
export type StoreContext = { knex: Knex; listeners: KeyListeners };

/** Changes keys of owners, or the owners, in one transaction, and passes the changes to listeners. */
export async function changeOwners<T>(
  { knex, listeners }: StoreContext,
  owners: readonly string[],
  change: (
    tx: Knex.Transaction,
  ) => Promise<{ result: T; events: readonly KeyEvent[] }>,
): Promise<T> {
  try {
    const { result, events } = await inTrackedTransaction(knex, change);
    listeners.emitEvents(events);
    return result;
  } finally {
    // Runs after failures as well: if the answer to a COMMIT is lost, the change may have been committed.
    listeners.emitOwners(owners);
  }
}
