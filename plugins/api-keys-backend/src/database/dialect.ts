import { Knex } from 'knex';

/** SQLite runs statements on the thread that asks for them, and lets one transaction write at a time. */
export function isPostgres(knex: Pick<Knex, 'client'>): boolean {
  return knex.client.config.client === 'pg';
}

/** The texts of a column in the order of their characters: that of PostgreSQL is up to the locale, that of SQLite is this one. */
export function inCharacterOrder(
  knex: Pick<Knex, 'client'>,
  column: string,
): string {
  return isPostgres(knex) ? `${column} collate "C"` : column;
}

/** Locks the rows that nobody else holds, and leaves out the others. SQLite lets one transaction write at a time anyway. */
export function takeFree(knex: Knex, rows: Knex.QueryBuilder): void {
  if (isPostgres(knex)) rows.forUpdate().skipLocked();
}

/**
 * Waits for a lock of the server's, which the transaction then holds until it ends: a shared one together with others that share it,
 * or alone. With one database for all plugins, other plugins have locks of their own. SQLite lets one transaction write at a time anyway.
 */
export async function waitForLock(
  tx: Knex.Transaction,
  name: string,
  options?: { shared: boolean },
): Promise<void> {
  if (!isPostgres(tx)) return;
  const lock = options?.shared
    ? 'pg_advisory_xact_lock_shared'
    : 'pg_advisory_xact_lock';
  await tx.raw(`select ${lock}(hashtext(concat(current_schema(), ?::text)))`, [
    `.api_keys ${name}`,
  ]);
}
