import { Knex } from 'knex';
import { KeyOwner } from './ApiKeyStore';

/** A row of `api_key_owners`. */
type OwnerRow = {
  owner: string;
  member_of: string;
  bounds: string | null;
  missing_since: number | string | null;
};

/** Locks an owner until the transaction ends. An upsert makes others wait on both databases. */
export async function lockOwner(
  tx: Knex.Transaction,
  owner: string,
): Promise<KeyOwner> {
  const [row] = await tx<OwnerRow>('api_key_owners')
    .insert({ owner })
    .onConflict('owner')
    .merge(['owner'])
    .returning('*');
  return fromOwnerRow(row);
}

export async function findOwner(
  knex: Knex,
  owner: string,
): Promise<KeyOwner | undefined> {
  const row = await knex<OwnerRow>('api_key_owners').where({ owner }).first();
  return row && fromOwnerRow(row);
}

export async function listOwners(
  knex: Knex,
  { after, limit }: { after?: string; limit: number },
): Promise<KeyOwner[]> {
  const rows = await knex<OwnerRow>('api_key_owners')
    .modify(query => after !== undefined && query.where('owner', '>', after))
    .orderBy('owner')
    .limit(limit);
  return rows.map(fromOwnerRow);
}

/** Whoever is missing already stays so since then. */
export async function saveOwnerPresence(
  knex: Knex,
  owners: { present: readonly string[]; missing: readonly string[] },
  now: number,
): Promise<void> {
  await knex<OwnerRow>('api_key_owners')
    .whereIn('owner', owners.present)
    .whereNotNull('missing_since')
    .update({ missing_since: null });
  await knex<OwnerRow>('api_key_owners')
    .whereIn('owner', owners.missing)
    .whereNull('missing_since')
    .update({ missing_since: now });
}

export async function saveOwner(
  tx: Knex.Transaction,
  { ref, memberOf, bounds }: KeyOwner,
): Promise<void> {
  await tx<OwnerRow>('api_key_owners')
    .where({ owner: ref })
    .update({
      member_of: JSON.stringify(memberOf),
      bounds: bounds ? JSON.stringify(bounds) : null,
    });
}

function fromOwnerRow(row: OwnerRow): KeyOwner {
  return {
    ref: row.owner,
    memberOf: JSON.parse(row.member_of),
    bounds: row.bounds === null ? undefined : JSON.parse(row.bounds),
  };
}
