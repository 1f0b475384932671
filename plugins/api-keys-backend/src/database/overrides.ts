import { Knex } from 'knex';
import { StoredOverride } from './KeyOwner';

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
    .orderBy('owner');
  return rows.map(row => ({
    owner: row.owner,
    override: JSON.parse(row.override),
    updatedAt: Number(row.updated_at),
    updatedBy: row.updated_by,
  }));
}

export async function saveOverride(
  knex: Knex,
  { owner, override, updatedAt, updatedBy }: StoredOverride,
): Promise<void> {
  await knex<OverrideRow>('api_key_policies')
    .insert({
      owner,
      override: JSON.stringify(override),
      updated_at: updatedAt,
      updated_by: updatedBy,
    })
    .onConflict('owner')
    .merge();
}

export async function deleteOverride(knex: Knex, owner: string): Promise<void> {
  await knex<OverrideRow>('api_key_policies').where({ owner }).delete();
}
