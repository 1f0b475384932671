import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Knex } from 'knex';
import { applyUsage } from './applyUsage';
import { isPostgres, forUpdateSkipLocked } from './dialect';
import { inTransaction } from './inTransaction';
import { jsonRecordset } from './jsonRecordset';
import { DailyUsage, UsageDelta } from '../lifecycle/UsageDelta';

/** The keys whose uses are added to them in one transaction. */
export const KEYS_PER_TRANSACTION = 1000;

/** Number of rows to build at a time: takes milliseconds, on SQLite including the statement. */
const ROWS_PER_STATEMENT = { postgres: 5000, sqlite: 1000 };

const TABLE = 'api_key_pending_uses';
const COLUMNS = {
  key_id: 'varchar(36)',
  flush_id: 'varchar(36)',
  last_used_at: 'bigint',
  last_used_ip: 'varchar(45)',
  last_used_user_agent: 'varchar(255)',
  uses: 'bigint',
  daily: 'text',
};
const NAMES = Object.keys(COLUMNS).join(', ');
const { key_id, flush_id } = COLUMNS;

/** A row of `api_key_pending_uses`. PostgreSQL returns 64-bit integers as text. */
type PendingRow = {
  key_id: string;
  flush_id: string;
  last_used_at: number | string;
  last_used_ip: string | null;
  last_used_user_agent: string | null;
  uses: number | string;
  daily: string;
};

const latestOf = (column: string) =>
  `(select p.${column} from ${TABLE} as p where p.key_id = api_keys.id order by p.last_used_at desc limit 1)`;

/** Columns of the pending uses of a key. */
export const PENDING_COLUMNS = [
  `${latestOf('last_used_at')} as pending_use`,
  `${latestOf('last_used_ip')} as pending_ip`,
  `${latestOf('last_used_user_agent')} as pending_user_agent`,
  `(select sum(p.uses) from ${TABLE} as p where p.key_id = api_keys.id) as pending_count`,
].join(', ');

/** SQL condition that a key has pending uses. */
export function pendingUsesOf(keyId: string): string {
  return `exists (select 1 from ${TABLE} as p where p.key_id = ${keyId})`;
}

/** Stores uses of many keys as pending, all or none, for {@link mergePendingUsage} to add. Waits for no locks. */
export async function stagePendingUsage(
  knex: Knex,
  uses: readonly UsageDelta[],
): Promise<void> {
  const flushId = randomUUID();
  const size = ROWS_PER_STATEMENT[isPostgres(knex) ? 'postgres' : 'sqlite'];
  await inTransaction(knex, async tx => {
    for (let i = 0; i < uses.length; i += size) {
      const rows = uses.slice(i, i + size).map(one => toRow(one, flushId));
      await tx.raw(`insert into ${TABLE} (${NAMES}) select ${NAMES} from ?`, [
        jsonRecordset(tx, COLUMNS, rows),
      ]);
      await setImmediate();
    }
  });
}

/**
 * Adds some of the pending uses to their keys. Skips those that another replica is adding, and sums up several entries for one
 * key.
 *
 * @param after - the id of a key: handles only the keys after it
 * @returns the owners of the keys, each once, and the last key, if there may be more
 */
export async function mergePendingUsage(
  knex: Knex,
  after: string,
): Promise<{ owners: string[]; last?: string }> {
  return inTransaction(knex, async tx => {
    const rows: PendingRow[] = await tx<PendingRow>(TABLE)
      .where('key_id', '>=', after)
      .orderBy(['key_id', 'flush_id'])
      .limit(KEYS_PER_TRANSACTION)
      .modify(some => forUpdateSkipLocked(tx, some));
    if (rows.length === 0) return { owners: [] };
    await tx.raw(
      `delete from ${TABLE} where (key_id, flush_id) in (select key_id, flush_id from ?)`,
      [jsonRecordset(tx, { key_id, flush_id }, rows.map(idOf))],
    );
    const owners = await applyUsage(tx, sumByKey(rows.map(fromRow)));
    const isLast = rows.length < KEYS_PER_TRANSACTION;
    return { owners, last: isLast ? undefined : rows.at(-1)?.key_id };
  });
}

/** Returns one entry for each key. */
function sumByKey(all: readonly UsageDelta[]): UsageDelta[] {
  const byKey = new Map<string, UsageDelta>();
  for (const uses of all) {
    const known = byKey.get(uses.keyId);
    if (!known) {
      byKey.set(uses.keyId, uses);
      continue;
    }
    const latest = uses.lastUsedAt >= known.lastUsedAt ? uses : known;
    byKey.set(uses.keyId, {
      ...latest,
      count: known.count + uses.count,
      daily: [...known.daily, ...uses.daily],
    });
  }
  return [...byKey.values()];
}

function toRow(uses: UsageDelta, flushId: string) {
  return {
    key_id: uses.keyId,
    flush_id: flushId,
    last_used_at: uses.lastUsedAt,
    last_used_ip: uses.lastUsedIp,
    last_used_user_agent: uses.lastUsedUserAgent,
    uses: uses.count,
    daily: JSON.stringify(uses.daily),
  };
}

function fromRow(row: PendingRow): UsageDelta {
  const daily: DailyUsage[] = JSON.parse(row.daily);
  return {
    keyId: row.key_id,
    count: Number(row.uses),
    lastUsedAt: Number(row.last_used_at),
    lastUsedIp: row.last_used_ip ?? undefined,
    lastUsedUserAgent: row.last_used_user_agent ?? undefined,
    daily,
  };
}

function idOf(row: PendingRow) {
  return { key_id: row.key_id, flush_id: row.flush_id };
}
