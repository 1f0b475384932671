import { Knex } from 'knex';
import { KeyOwner } from '../lifecycle/KeyOwner';
import { currentTransactionId } from './ownerChanges';
import { optionalNumber } from './rows';

/** Columns of the owner's row that are read with a row of `api_keys`. */
export const OWNER_STATE = ['missing_since', 'unconfirmed_since']
  .map(
    column =>
      `(select ${column} from api_key_owners as o where o.owner = api_keys.owner) as owner_${column}`,
  )
  .join(', ');

/** A row of `api_key_owners`. */
export type OwnerRow = {
  owner: string;
  member_of: string;
  bounds: string | null;
  missing_since: number | string | null;
  absent_since: number | string | null;
  identity: string | null;
  unconfirmed_since: number | string | null;
  session_end_requested_at: number | string | null;
  changed_in: number | string | null;
};

/**
 * Locks an owner until the transaction ends, and marks the owner's keys as changed for all replicas. An upsert makes concurrent
 * transactions wait on both databases.
 */
export async function lockOwner(
  tx: Knex.Transaction,
  owner: string,
): Promise<KeyOwner> {
  const [row] = await tx<OwnerRow>('api_key_owners')
    .insert({ owner, changed_in: currentTransactionId(tx) })
    .onConflict('owner')
    .merge(['changed_in'])
    .returning('*');
  return fromOwnerRow(row);
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

export function fromOwnerRow(row: OwnerRow): KeyOwner {
  return {
    ref: row.owner,
    memberOf: JSON.parse(row.member_of),
    bounds: row.bounds === null ? undefined : JSON.parse(row.bounds),
    missingSince: optionalNumber(row.missing_since),
    absentSince: optionalNumber(row.absent_since),
    identity: row.identity === null ? undefined : JSON.parse(row.identity),
    unconfirmedSince: optionalNumber(row.unconfirmed_since),
    sessionEndRequestedAt: optionalNumber(row.session_end_requested_at),
  };
}
