import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { DatabaseOwnedKeys } from './DatabaseOwnedKeys';
import { insertEvent } from './events';
import { KeyTransfer } from './OwnedKeys';
import { ApiKeyRow, fromRow } from './rows';

/** A {@link KeyTransfer} inside of a transaction that holds the locks of both owners, and of all keys that may change. */
export class DatabaseKeyTransfer implements KeyTransfer {
  readonly #tx: Knex.Transaction;
  readonly #from: string;
  readonly #events: KeyEvent[] = [];
  readonly to: DatabaseOwnedKeys;
  readonly families: readonly ApiKeyRecord[];

  /** Locks until the transaction ends. */
  static async lock(
    tx: Knex.Transaction,
    request: { from: string; to: string; keyIds: readonly string[] },
  ): Promise<DatabaseKeyTransfer> {
    const { from, to, keyIds } = request;
    const owned = new Map<string, DatabaseOwnedKeys>();
    // Always in the same order: otherwise a transfer and its opposite would wait for each other for good.
    for (const owner of [from, to].sort()) {
      owned.set(owner, await DatabaseOwnedKeys.lock(tx, owner));
    }
    const families = await lockKeys(tx, from, to, keyIds);
    return new DatabaseKeyTransfer(tx, from, owned.get(to)!, families);
  }

  private constructor(
    tx: Knex.Transaction,
    from: string,
    to: DatabaseOwnedKeys,
    families: ApiKeyRecord[],
  ) {
    this.#tx = tx;
    this.#from = from;
    this.to = to;
    this.families = families;
  }

  /** What has happened, if the transaction is committed. */
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
      // A key of a group owns the group alone, which no session of a user was asked about.
      .update({ owner: to, subject: to, ownership_cap: null });
    for (const key of this.families) {
      // Of a key that ended long ago, there is nothing to tell.
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
 * All that a transfer may change, at once and in the order in which a flush of uses locks keys too: the families, and the
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
