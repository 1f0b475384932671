import { Knex } from 'knex';
import { DailyUses, KeyScope, KeyUses, UsesOnDay } from './ApiKeyStore';
import { isEverything, whereInScope } from './keyFilter';

/** A row of `api_key_usage`. PostgreSQL returns 64-bit integers as text. */
type UsageRow = {
  key_id: string;
  day: number | string;
  plugin: string;
  uses: number | string;
};

/** SQLite takes 500 rows at most in the form in which knex inserts them. */
const ROWS_PER_STATEMENT = 500;

/** Adds what keys were used for, each day. The order of the rows is the same whoever writes them. */
export async function addDailyUses(
  tx: Knex.Transaction,
  uses: readonly Pick<KeyUses, 'keyId' | 'daily'>[],
): Promise<void> {
  const rows = uses.flatMap(({ keyId, daily }) =>
    [...daily].sort(byDayAndPlugin).map(({ day, plugin, count }) => ({
      key_id: keyId,
      day,
      plugin,
      uses: count,
    })),
  );
  for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT) {
    await tx('api_key_usage')
      .insert(rows.slice(i, i + ROWS_PER_STATEMENT))
      .onConflict(['key_id', 'day', 'plugin'])
      .merge({ uses: tx.raw('api_key_usage.uses + excluded.uses') });
  }
  await addToTotals(tx, uses);
}

/** All replicas write these few rows, so they come last, to be locked for a moment only. */
async function addToTotals(
  tx: Knex.Transaction,
  uses: readonly Pick<KeyUses, 'daily'>[],
): Promise<void> {
  const totals = new Map<string, DailyUses>();
  for (const { day, plugin, count } of uses.flatMap(({ daily }) => daily)) {
    const id = `${day} ${plugin}`;
    const total = totals.get(id) ?? { day, plugin, count: 0 };
    totals.set(id, { ...total, count: total.count + count });
  }
  const rows = [...totals.values()]
    .sort(byDayAndPlugin)
    .map(({ day, plugin, count }) => ({ day, plugin, uses: count }));
  for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT) {
    await tx('api_key_daily_uses')
      .insert(rows.slice(i, i + ROWS_PER_STATEMENT))
      .onConflict(['day', 'plugin'])
      .merge({ uses: tx.raw('api_key_daily_uses.uses + excluded.uses') });
  }
}

/** How often keys were used on each day. Of everybody's keys it is known without adding up. */
export async function sumUses(
  knex: Knex,
  scope: KeyScope,
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

export async function findUsage(
  knex: Knex,
  keyId: string,
  since: number,
): Promise<DailyUses[]> {
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

/** One statement for many keys; it reads the rows of their last days through the primary key. */
export async function findUses(
  knex: Knex,
  keyIds: readonly string[],
  scope: KeyScope,
  since: number,
): Promise<UsesOnDay[]> {
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

function byDayAndPlugin(one: DailyUses, other: DailyUses): number {
  return one.day - other.day || (one.plugin < other.plugin ? -1 : 1);
}
