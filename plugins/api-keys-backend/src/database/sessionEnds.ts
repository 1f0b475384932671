import { Knex } from 'knex';
import { OwnerRow } from './owners';
import { whereOwnerKind } from './whereOwnerKind';

/** Requests the end of an owner's sessions, inside a transaction that holds the owner's lock. */
export async function requestSessionEnd(
  tx: Knex.Transaction,
  owner: string,
  now: number,
): Promise<void> {
  await tx<OwnerRow>('api_key_owners')
    .where({ owner })
    // Groups have no sessions.
    .modify(whereOwnerKind, 'user')
    .update({ session_end_requested_at: now });
}

/** Records that the sessions have ended, unless another end was requested meanwhile. */
export async function recordSessionEnd(
  knex: Knex,
  owner: string,
  requestedAt: number,
): Promise<void> {
  await knex<OwnerRow>('api_key_owners')
    .where({ owner, session_end_requested_at: requestedAt })
    .update({ session_end_requested_at: null });
}
