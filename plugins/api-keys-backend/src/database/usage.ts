import { Knex } from 'knex';
import { jsonRecordset } from './jsonRecordset';
import { UsageDelta } from '../lifecycle/UsageDelta';

const DAILY_COLUMNS = { day: 'bigint', plugin: 'varchar(255)', uses: 'bigint' };

/** Adds the daily usage of keys. Rows are always written in one order, which prevents deadlocks. */
export async function addDailyUses(
  tx: Knex.Transaction,
  uses: readonly Pick<UsageDelta, 'keyId' | 'daily'>[],
): Promise<void> {
  const rows = uses.flatMap(({ keyId, daily }) =>
    daily.map(({ day, plugin, count }) => ({
      key_id: keyId,
      day,
      plugin,
      uses: count,
    })),
  );
  await addRows(tx, {
    table: 'api_key_usage',
    key: 'key_id, day, plugin',
    rows: jsonRecordset(tx, { key_id: 'varchar(36)', ...DAILY_COLUMNS }, rows),
  });
  await addToTotals(tx, uses);
}

/** All replicas write these few rows, so they come last, to be locked only briefly. */
async function addToTotals(
  tx: Knex.Transaction,
  uses: readonly Pick<UsageDelta, 'daily'>[],
): Promise<void> {
  const totals = new Map<
    string,
    { day: number; plugin: string; uses: number }
  >();
  for (const { daily } of uses) {
    for (const { day, plugin, count } of daily) {
      const id = `${day} ${plugin}`;
      const total = totals.get(id);
      if (total) total.uses += count;
      else totals.set(id, { day, plugin, uses: count });
    }
  }
  await addRows(tx, {
    table: 'api_key_daily_uses',
    key: 'day, plugin',
    rows: jsonRecordset(tx, DAILY_COLUMNS, [...totals.values()]),
  });
}

/** SQLite needs the "where true" to parse the "on". */
async function addRows(
  tx: Knex.Transaction,
  { table, key, rows }: { table: string; key: string; rows: Knex.Raw },
): Promise<void> {
  await tx.raw(
    `insert into ${table} (${key}, uses)
      select ${key}, sum(uses) from ? where true group by ${key} order by ${key}
      on conflict (${key}) do update set uses = ${table}.uses + excluded.uses`,
    [rows],
  );
}
