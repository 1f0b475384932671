import { Knex } from 'knex';

/** SQLite runs statements synchronously on the calling thread, and lets one transaction write at a time. */
export function isPostgres(knex: Pick<Knex, 'client'>): boolean {
  return knex.client.config.client === 'pg';
}

/** A column's text in code point order: PostgreSQL's default order depends on the locale, SQLite's is this one. */
export function inCharacterOrder(
  knex: Pick<Knex, 'client'>,
  column: string,
): string {
  return isPostgres(knex) ? `${column} collate "C"` : column;
}

/** Locks the rows that are not locked yet, and skips the others. SQLite lets one transaction write at a time anyway. */
export function forUpdateSkipLocked(knex: Knex, rows: Knex.QueryBuilder): void {
  if (isPostgres(knex)) rows.forUpdate().skipLocked();
}

/**
 * Acquires an advisory lock, shared or exclusive, which the transaction holds until it ends. With one database for all plugins,
 * other plugins have locks of their own. SQLite lets one transaction write at a time anyway.
 */
export async function acquireAdvisoryLock(
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
