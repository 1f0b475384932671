import { Knex } from 'knex';

/** SQLite runs statements on the thread that asks for them, and lets one transaction write at a time. */
export function isPostgres(knex: Pick<Knex, 'client'>): boolean {
  return knex.client.config.client === 'pg';
}

/** Locks the rows that nobody else holds, and leaves out the others. SQLite lets one transaction write at a time anyway. */
export function takeFree(knex: Knex, rows: Knex.QueryBuilder): void {
  if (isPostgres(knex)) rows.forUpdate().skipLocked();
}
