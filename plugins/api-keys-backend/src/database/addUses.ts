import { Knex } from 'knex';
import { KeyUses } from './ApiKeyStore';
import { ApiKeyRow } from './rows';
import { addDailyUses } from './usage';

/** Five parameters a row, well below what either database takes in one statement. */
const ROWS_PER_STATEMENT = 1000;

/**
 * Adds uses to their keys, many in a statement, and to what is counted by day.
 *
 * Writes the columns of usage alone, so that it can undo no other change, and only ever moves them forward. Rows are locked
 * in the order of their ids, so that replicas that write the same keys wait for each other instead of for good.
 *
 * @returns the owners of the keys, each once
 */
export async function addUses(
  knex: Knex,
  uses: readonly KeyUses[],
): Promise<string[]> {
  const owners = new Set<string>();
  const ordered = [...uses].sort((a, b) => (a.keyId < b.keyId ? -1 : 1));
  for (let i = 0; i < ordered.length; i += ROWS_PER_STATEMENT) {
    const batch = ordered.slice(i, i + ROWS_PER_STATEMENT);
    await knex.transaction(async tx => {
      const existing: Pick<ApiKeyRow, 'id' | 'owner'>[] = await tx('api_keys')
        .select('id', 'owner')
        .whereIn(
          'id',
          batch.map(({ keyId }) => keyId),
        )
        .orderBy('id')
        .forUpdate();
      await tx.raw(statementFor(batch.length), batch.flatMap(parametersOf));
      const ids = new Set(existing.map(({ id }) => id));
      await addDailyUses(
        tx,
        batch.filter(({ keyId }) => ids.has(keyId)),
      );
      existing.forEach(({ owner }) => owners.add(owner));
    });
  }
  return [...owners];
}

function statementFor(rows: number): string {
  const row = `(cast(? as varchar(36)), cast(? as bigint), cast(? as varchar(45)), cast(? as varchar(255)), cast(? as bigint))`;
  const isLatest = `(k.last_used_at is null or k.last_used_at < v.column2)`;
  const latest = (column: string, value: string) =>
    `${column} = case when ${isLatest} then ${value} else k.${column} end`;
  // Both databases name the columns of VALUES column1, column2, …
  return `
    update api_keys as k
    set ${latest('last_used_at', 'v.column2')},
        ${latest('last_used_ip', 'v.column3')},
        ${latest('last_used_user_agent', 'v.column4')},
        use_count = k.use_count + v.column5
    from (values ${Array(rows).fill(row).join(', ')}) as v
    where k.id = v.column1 and k.revoked_at is null`;
}

function parametersOf(uses: KeyUses) {
  return [
    uses.keyId,
    uses.lastUsedAt,
    uses.lastUsedIp ?? null,
    uses.lastUsedUserAgent ?? null,
    uses.count,
  ];
}
