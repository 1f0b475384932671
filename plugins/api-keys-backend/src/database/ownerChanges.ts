import { Knex } from 'knex';
import { isPostgres } from './dialect';
import { READ_TIMEOUT } from './readTimeout';

/** Position up to which changes were read. */
export type ChangeCursor = {
  /** Identifies the server that counts the transactions. */
  server: string;
  /** Number of the transaction to read on from. */
  next: number;
};

/** Owners whose keys changed since a mark, and the mark for the next read. */
export type OwnerChanges = {
  /** `everybody` if any owner's keys may have changed, which is the case without a usable mark. */
  owners: readonly string[] | 'everybody';
  mark: ChangeCursor;
};

type Changes = { server: string; next: number; owners: string[] };

/*
 * Neither times nor sequence numbers show which changes were committed since a look: a transaction may commit long after it was
 * given one. PostgreSQL's snapshot shows which transactions a look cannot have seen the end of. All of them have numbers from the
 * snapshot's xmin on, and the next look reads from there.
 */

/** Returns the number of this transaction, which is stored with the owners whose keys it changes. SQLite needs none. */
export function currentTransactionId(tx: Knex.Transaction): Knex.Raw {
  return tx.raw(isPostgres(tx) ? 'pg_current_xact_id()::text::bigint' : 'null');
}

/** Returns the owners whose keys changed since a mark, in one statement that uses an index. */
export async function readOwnerChanges(
  knex: Knex,
  since?: ChangeCursor,
): Promise<OwnerChanges> {
  const from = since?.next ?? Number.MAX_SAFE_INTEGER;
  const { server, next, owners } = isPostgres(knex)
    ? await readFromPostgres(knex, from)
    : await readFromSqlite(knex);
  // Another server, or this one after a restored backup, numbers transactions differently.
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
      // A row with a number from the future came from another server in a dump.
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

/**
 * SQLite's data version changes with every write of another connection, of whatever kind. There should be no other backend on the
 * file.
 */
async function readFromSqlite(knex: Knex): Promise<Changes> {
  const [{ data_version: version }] = await knex.raw('pragma data_version');
  return { server: `file ${version}`, next: 0, owners: [] };
}
