import { Knex } from 'knex';
import { inCharacterOrder, waitForLock } from './dialect';
import { inTrackedTransaction } from './inTransaction';
import { StoredOverride } from './KeyOwner';

/*
 * Whoever changes an override then looks for the owners whom it concerns. Between transactions that put keys under the overrides
 * and those that change them there is a lock: else a first key of an owner, or one by which an owner is seen to be in a group,
 * could be committed after that look, under what was read before the change.
 *
 * It is not one of the table, which would wait for whoever dumps it.
 */
const LOCK = 'policies';

/** A row of `api_key_policies`. PostgreSQL returns 64-bit integers as text. */
type OverrideRow = {
  owner: string;
  override: string;
  updated_at: number | string;
  updated_by: string;
};

export async function findOverrides(
  knex: Knex,
  refs?: readonly string[],
): Promise<StoredOverride[]> {
  const rows: OverrideRow[] = await knex('api_key_policies')
    .modify(query => refs && query.whereIn('owner', [...refs]))
    .orderByRaw(inCharacterOrder(knex, 'owner'));
  return rows.map(row => ({
    owner: row.owner,
    override: JSON.parse(row.override),
    updatedAt: Number(row.updated_at),
    updatedBy: row.updated_by,
  }));
}

/** The same for a transaction that puts keys under them: until it ends, they do not change. */
export async function holdOverrides(
  tx: Knex.Transaction,
  refs: readonly string[],
): Promise<StoredOverride[]> {
  // By itself: what a statement reads is decided when it begins, before it waits.
  await waitForLock(tx, LOCK, { shared: true });
  return findOverrides(tx, refs);
}

async function changeOverrides(
  knex: Knex,
  change: (overrides: Knex.QueryBuilder<OverrideRow>) => Promise<unknown>,
): Promise<void> {
  await inTrackedTransaction(knex, async tx => {
    await waitForLock(tx, LOCK);
    await change(tx<OverrideRow>('api_key_policies'));
  });
}

export async function saveOverride(
  knex: Knex,
  { owner, override, updatedAt, updatedBy }: StoredOverride,
): Promise<void> {
  await changeOverrides(knex, overrides =>
    overrides
      .insert({
        owner,
        override: JSON.stringify(override),
        updated_at: updatedAt,
        updated_by: updatedBy,
      })
      .onConflict('owner')
      .merge(),
  );
}

export async function deleteOverride(knex: Knex, owner: string): Promise<void> {
  await changeOverrides(knex, overrides => overrides.where({ owner }).delete());
}
