import { Knex } from 'knex';
import { OwnerIdentity, serializeIdentity } from '../lifecycle/ownerIdentity';
import { OwnerIdentityChange } from '../lifecycle/KeyOwner';
import { OwnerRow } from './owners';
import { ApiKeyRow } from './rows';

/**
 * Adds knowledge about owners whose identity is unchanged, unless it has changed meanwhile. No key changes, so that replicas need
 * no signal.
 */
export async function learnIdentity(
  knex: Knex,
  ref: string,
  known: OwnerIdentity | undefined,
  identity: OwnerIdentity,
): Promise<void> {
  await knex<OwnerRow>('api_key_owners')
    .where({
      owner: ref,
      identity: known ? serializeIdentity(known) : null,
      unconfirmed_since: null,
    })
    .update({ identity: serializeIdentity(identity) });
}

/** Writes a finding about an owner's identity, inside a transaction that holds the owner's lock. */
export async function changeIdentity(
  tx: Knex.Transaction,
  owner: string,
  change: OwnerIdentityChange,
  now: number,
): Promise<void> {
  await tx<OwnerRow>('api_key_owners')
    .where({ owner })
    .update(
      change.type === 'unconfirmed'
        ? { unconfirmed_since: now }
        : {
            identity: serializeIdentity(change.identity),
            unconfirmed_since: null,
          },
    );
  if (change.type !== 'replaced') return;
  await tx<ApiKeyRow>('api_keys')
    .where({ owner, owner_replaced_at: null })
    .update({ owner_replaced_at: now });
}
