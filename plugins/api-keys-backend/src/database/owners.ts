import { Knex } from 'knex';
import { KeyOwner, KeyOwnerPageRequest } from './KeyOwner';
import { thisTransaction } from './ownerChanges';

const HAS_KEYS = `exists (select 1 from api_keys as k where k.owner = api_key_owners.owner and k.revoked_at is null)`;

/** Of a row of `api_keys`: since when the catalog does not know its owner. */
export const OWNER_MISSING_SINCE = `(select missing_since from api_key_owners as o where o.owner = api_keys.owner) as owner_missing_since`;

/** A row of `api_key_owners`. */
export type OwnerRow = {
  owner: string;
  member_of: string;
  bounds: string | null;
  missing_since: number | string | null;
  changed_in: number | string | null;
};

/**
 * Locks an owner until the transaction ends, and tells all replicas that keys of the owner changed in it. An upsert makes others
 * wait on both databases.
 */
export async function lockOwner(
  tx: Knex.Transaction,
  owner: string,
): Promise<KeyOwner> {
  const [row] = await tx<OwnerRow>('api_key_owners')
    .insert({ owner, changed_in: thisTransaction(tx) })
    .onConflict('owner')
    .merge(['changed_in'])
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
  { after, limit, concerned, missingUntil }: KeyOwnerPageRequest,
): Promise<KeyOwner[]> {
  const rows = await knex<OwnerRow>('api_key_owners')
    .modify(query => {
      if (after !== undefined) query.where('owner', '>', after);
      if (concerned === 'by-presence') {
        query.where(any =>
          any.whereNotNull('missing_since').orWhereRaw(HAS_KEYS),
        );
      }
      if (concerned === 'by-offboarding') query.whereRaw(HAS_KEYS);
      if (missingUntil !== undefined) {
        query.where('missing_since', '<=', missingUntil);
      }
    })
    .orderBy('owner')
    .limit(limit);
  return rows.map(fromOwnerRow);
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
    missingSince:
      row.missing_since === null ? undefined : Number(row.missing_since),
  };
}
