import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { DatabaseOwnerKeys } from './DatabaseOwnerKeys';
import { insertEvent } from './events';
import { KeyTransfer } from './OwnerKeysTransaction';
import { ApiKeyRow, fromRow } from './rows';

/** A {@link KeyTransfer} inside a transaction that holds the locks of both owners, and of all keys that may change. */
export class DatabaseKeyTransfer implements KeyTransfer {
  readonly #tx: Knex.Transaction;
  readonly #from: string;
  readonly #events: KeyEvent[] = [];
  readonly to: DatabaseOwnerKeys;
  readonly families: readonly ApiKeyRecord[];

  /** Locks until the transaction ends. */
  static async lock(
    tx: Knex.Transaction,
    request: { from: string; to: string; keyIds: readonly string[] },
  ): Promise<DatabaseKeyTransfer> {
    const { from, to, keyIds } = request;
    const owned = new Map<string, DatabaseOwnerKeys>();
    // A fixed order keeps opposite transfers from deadlocking.
    for (const owner of [from, to].sort()) {
      owned.set(owner, await DatabaseOwnerKeys.lock(tx, owner));
    }
    const families = await lockKeys(tx, from, to, keyIds);
    return new DatabaseKeyTransfer(tx, from, owned.get(to)!, families);
  }

  private constructor(
    tx: Knex.Transaction,
    from: string,
    to: DatabaseOwnerKeys,
    families: ApiKeyRecord[],
  ) {
    this.#tx = tx;
    this.#from = from;
    this.to = to;
    this.families = families;
  }

  /** Events of the changes, valid once the transaction is committed. */
  get events(): readonly KeyEvent[] {
    return [...this.#events, ...this.to.events];
  }

  async move(
    familyIds: readonly string[],
    by: string,
    now: number,
  ): Promise<void> {
    const [from, to] = [this.#from, this.to.owner.ref];
    await this.#tx<ApiKeyRow>('api_keys')
      .where({ owner: from })
      .whereIn('family_id', familyIds)
      // A group's key owns the group alone, so a cap from a user's session does not apply.
      .update({ owner: to, subject: to, ownership_cap: null });
    for (const key of this.families) {
      // A key that ended long ago gets no event.
      if (!familyIds.includes(key.familyId) || key.revokedAt) continue;
      this.#events.push(
        await insertEvent(this.#tx, {
          type: 'transferred',
          actor: by,
          details: { from, to },
          keyId: key.id,
          owner: to,
          at: now,
        }),
      );
    }
  }
}

/**
 * Locks all keys that a transfer may change, at once and in the order in which a flush of uses locks keys: the families, and the
 * new owner's keys, which a policy may change.
 *
 * @returns the families
 */
async function lockKeys(
  tx: Knex.Transaction,
  from: string,
  to: string,
  keyIds: readonly string[],
): Promise<ApiKeyRecord[]> {
  const rows = await tx<ApiKeyRow>('api_keys')
    .where(query =>
      query
        .where({ owner: from })
        .whereIn(
          'family_id',
          tx('api_keys').select('family_id').whereIn('id', keyIds),
        ),
    )
    .orWhere({ owner: to, revoked_at: null })
    .orderBy('id')
    .forUpdate();
  return rows.filter(({ owner }) => owner === from).map(fromRow);
}
