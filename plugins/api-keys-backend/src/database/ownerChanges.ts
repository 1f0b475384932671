import { Knex } from 'knex';
import { ChangeMark, OwnerChanges } from './ApiKeyStore';
import { isPostgres } from './dialect';
import { READ_TIMEOUT } from './readTimeout';

type Changes = { server: string; next: number; owners: string[] };

/*
 * Neither times nor numbers from a sequence tell what was committed since a look: a transaction may commit long after it was
 * given one. PostgreSQL itself tells which transactions a look cannot have seen the end of. All of them have numbers from the
 * snapshot's xmin on, and the next look reads from there.
 */

/** The number of this transaction, as the rows of owners whose keys it changes keep it. SQLite needs none. */
export function thisTransaction(tx: Knex.Transaction): Knex.Raw {
  return tx.raw(isPostgres(tx) ? 'pg_current_xact_id()::text::bigint' : 'null');
}

/** Whose keys changed since a look. One statement, with an index. */
export async function readOwnerChanges(
  knex: Knex,
  since?: ChangeMark,
): Promise<OwnerChanges> {
  const from = since?.next ?? Number.MAX_SAFE_INTEGER;
  const { server, next, owners } = isPostgres(knex)
    ? await readFromPostgres(knex, from)
    : await readFromSqlite(knex);
  // Another server, or this one before a backup was played back, counts in its own way.
  const isSameCount =
    since !== undefined && since.server === server && since.next <= next;
  return {
    owners: isSameCount ? owners : 'everybody',
    mark: { server, next },
  };
}

async function readFromPostgres(knex: Knex, from: number): Promise<Changes> {
  const { rows } = await knex
    .raw<{ rows: { server: string; next: string; owners: string[] }[] }>(
      // A row with a number from the future came from another server, by a dump.
      `select pg_postmaster_start_time()::text as server,
              pg_snapshot_xmin(s)::text as next,
              array(
                select owner from api_key_owners
                where changed_in >= ? and changed_in < pg_snapshot_xmax(s)::text::bigint
              ) as owners
       from pg_current_snapshot() as s`,
      [from],
    )
    .timeout(READ_TIMEOUT);
  const [{ server, next, owners }] = rows;
  return { server, next: Number(next), owners };
}

/** SQLite numbers what others wrote to the file, whatever it was. There should be no others: one backend at a time uses it. */
async function readFromSqlite(knex: Knex): Promise<Changes> {
  const [{ data_version: version }] = await knex.raw('pragma data_version');
  return { server: `file ${version}`, next: 0, owners: [] };
}
