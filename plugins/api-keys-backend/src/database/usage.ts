import { Knex } from 'knex';
import { DailyUses, KeyUses } from './ApiKeyStore';

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

function byDayAndPlugin(one: DailyUses, other: DailyUses): number {
  return one.day - other.day || (one.plugin < other.plugin ? -1 : 1);
}
