import { Knex } from 'knex';
import { jsonRecordset } from './jsonRecordset';
import { isEverything, whereInScope } from './keyFilter';
import { DailyUsage, UsageDelta, UsageOnDay } from '../lifecycle/UsageDelta';
import { KeyVisibility } from './queries';

/** A row of `api_key_usage`. PostgreSQL returns 64-bit integers as text. */
type UsageRow = {
  key_id: string;
  day: number | string;
  plugin: string;
  uses: number | string;
};

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

/** Sums up the uses of keys by day. Totals over all keys are stored, and need no summing up. */
export async function getTotalUsage(
  knex: Knex,
  scope: KeyVisibility,
  since: number,
): Promise<Map<number, number>> {
  const query = isEverything(scope)
    ? knex('api_key_daily_uses')
    : knex('api_key_usage').whereIn(
        'key_id',
        knex('api_keys')
          .select('id')
          .modify(keys => whereInScope(keys, scope)),
      );
  const rows: { day: number | string; total: number | string }[] = await query
    .select('day', knex.raw('sum(uses) as total'))
    .where('day', '>=', since)
    .groupBy('day')
    .orderBy('day');
  return new Map(rows.map(({ day, total }) => [Number(day), Number(total)]));
}

export async function getDailyUsage(
  knex: Knex,
  keyId: string,
  since: number,
): Promise<DailyUsage[]> {
  const rows = await knex<UsageRow>('api_key_usage')
    .where({ key_id: keyId })
    .where('day', '>=', since)
    .orderBy(['day', 'plugin']);
  return rows.map(({ day, plugin, uses }) => ({
    day: Number(day),
    plugin,
    count: Number(uses),
  }));
}

/** Reads many keys in one statement: the rows of their last days through the primary key. */
export async function getUsageByKey(
  knex: Knex,
  keyIds: readonly string[],
  scope: KeyVisibility,
  since: number,
): Promise<UsageOnDay[]> {
  const rows: Pick<UsageRow, 'key_id' | 'day' | 'uses'>[] = await knex(
    'api_key_usage',
  )
    .select('key_id', 'day', knex.raw('sum(uses) as uses'))
    .whereIn(
      'key_id',
      knex('api_keys')
        .select('id')
        .whereIn('id', keyIds)
        .modify(keys => whereInScope(keys, scope)),
    )
    .where('day', '>=', since)
    .groupBy('key_id', 'day')
    .orderBy(['key_id', 'day']);
  return rows.map(({ key_id: keyId, day, uses }) => ({
    keyId,
    day: Number(day),
    count: Number(uses),
  }));
}
