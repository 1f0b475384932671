import { Knex } from 'knex';
import { DAY } from '../lifecycle/time';
import { StoreContext } from './changeOwners';
import { forUpdateSkipLocked } from './dialect';
import { inTransaction } from './inTransaction';
import { OwnerRow } from './owners';
import { ApiKeyRow } from './rows';
import { whereAmong } from './whereAmong';

/** Small enough for a statement to take milliseconds and to block no others. */
const ROWS_PER_STATEMENT = 1000;
const KEYS_PER_TRANSACTION = 500;

/** Tables with rows that belong to keys, and the columns that identify a row. */
const TABLES_OF_KEYS = {
  api_key_events: ['id'],
  api_key_usage: ['key_id', 'day', 'plugin'],
  api_key_warnings: ['key_id', 'kind', 'ends_at', 'threshold'],
};

/** A key that has ended. */
export type EndedKey = Pick<ApiKeyRow, 'id' | 'owner'>;

/**
 * Deletes data after its retention period: each call a bounded number of rows, in a short transaction of its own.
 *
 * On PostgreSQL, locked rows are left to the next call, so that replicas can delete at the same time without blocking each other,
 * or the verification and changes of keys.
 */
export class DatabaseRetention {
  readonly #knex: Knex;

  constructor({ knex }: Pick<StoreContext, 'knex'>) {
    this.#knex = knex;
  }

  /** @returns the number of deleted events; 0 when there are no more */
  async deleteEventsBefore(time: number): Promise<number> {
    return this.#deleteSome('api_key_events', ['id'], rows =>
      rows.where('at', '<', time).orderBy('at'),
    );
  }

  /**
   * Deletes the usage of days that were over by then.
   *
   * @returns the number of deleted rows; 0 when there are no more
   */
  async deleteUsageBefore(time: number): Promise<number> {
    const ofKeys = await this.#deleteSome(
      'api_key_usage',
      TABLES_OF_KEYS.api_key_usage,
      rows => rows.where('day', '<=', time - DAY).orderBy('day'),
    );
    const ofAll = await this.#deleteSome(
      'api_key_daily_uses',
      ['day', 'plugin'],
      rows => rows.where('day', '<=', time - DAY).orderBy('day'),
    );
    return ofKeys + ofAll;
  }

  /** @returns the number of deleted bindings; 0 when there are no more */
  async deleteTokenBindingsExpiredBefore(time: number): Promise<number> {
    return this.#deleteSome('api_key_token_bindings', ['token_id'], rows =>
      rows.where('expires_at', '<', time).orderBy('expires_at'),
    );
  }

  /** Returns some of the keys that were revoked, or else expired, before a time. */
  async findKeysEndedBefore(time: number): Promise<EndedKey[]> {
    const keys = () => this.#knex<ApiKeyRow>('api_keys').select('id', 'owner');
    const [first, ...others] = endedBefore(time);
    return keys()
      .modify(first)
      .unionAll(others.map(other => keys().modify(other)))
      .limit(KEYS_PER_TRANSACTION);
  }

  /** @returns the number of deleted rows; 0 when there are no more */
  async deleteRowsOf(keys: readonly EndedKey[]): Promise<number> {
    let deleted = 0;
    for (const [table, columns] of Object.entries(TABLES_OF_KEYS)) {
      deleted += await this.#deleteSome(table, columns, rows =>
        rows.whereIn('key_id', idsOf(keys)),
      );
    }
    return deleted;
  }

  /**
   * Deletes keys, unless they are accepted again or their owner's keys are being changed.
   *
   * @returns the number of deleted keys
   */
  async deleteKeys(keys: readonly EndedKey[], time: number): Promise<number> {
    return inTransaction(this.#knex, async tx => {
      const owners: Pick<OwnerRow, 'owner'>[] = await tx<OwnerRow>(
        'api_key_owners',
      )
        .select('owner')
        .whereIn('owner', [...new Set(keys.map(({ owner }) => owner))])
        .modify(rows => forUpdateSkipLocked(this.#knex, rows));
      const ended: EndedKey[] = await tx<ApiKeyRow>('api_keys')
        .select('id', 'owner')
        .whereIn('id', idsOf(keys))
        .whereIn(
          'owner',
          owners.map(({ owner }) => owner),
        )
        .where(any => endedBefore(time).forEach(one => any.orWhere(one)))
        .modify(rows => forUpdateSkipLocked(this.#knex, rows));
      const ids = idsOf(ended);
      // A secret may have been presented since.
      for (const table of Object.keys(TABLES_OF_KEYS)) {
        await tx(table).whereIn('key_id', ids).delete();
      }
      const deleted: number = await tx('api_keys').whereIn('id', ids).delete();
      return deleted;
    });
  }

  /**
   * Deletes owners without any keys. The stored data is about their keys, and is looked up again with the next key.
   *
   * @returns the number of deleted owners; 0 when there are no more
   */
  async deleteIdleOwners(): Promise<number> {
    return inTransaction(this.#knex, async tx => {
      const idle: Pick<OwnerRow, 'owner'>[] = await tx<OwnerRow>(
        'api_key_owners',
      )
        .select('owner')
        .modify(withoutKeys)
        .limit(ROWS_PER_STATEMENT)
        .modify(rows => forUpdateSkipLocked(this.#knex, rows));
      // Checked again, since the previous holder of the lock may have created a key.
      const deleted: number = await tx<OwnerRow>('api_key_owners')
        .whereIn(
          'owner',
          idle.map(({ owner }) => owner),
        )
        .modify(withoutKeys)
        .delete();
      return deleted;
    });
  }

  async #deleteSome(
    table: string,
    columns: string[],
    which: (rows: Knex.QueryBuilder) => void,
  ): Promise<number> {
    const some = this.#knex(table)
      .select(columns)
      .modify(which)
      .limit(ROWS_PER_STATEMENT)
      .modify(rows => forUpdateSkipLocked(this.#knex, rows));
    return whereAmong(this.#knex(table), columns, some).delete();
  }
}

/** Conditions for an ended key, each with an index of its own. A key that was revoked after it had expired counts as revoked. */
function endedBefore(time: number): ((rows: Knex.QueryBuilder) => void)[] {
  const expiry = `coalesce(expires_at, ${Number.MAX_SAFE_INTEGER}) <= ?`;
  return [
    rows => rows.where('revoked_at', '<=', time),
    rows => rows.whereNull('revoked_at').whereRaw(expiry, time),
    rows => rows.whereNull('revoked_at').where('overlap_ends_at', '<=', time),
  ];
}

function withoutKeys(owners: Knex.QueryBuilder) {
  owners
    .whereRaw(
      'not exists (select 1 from api_keys as k where k.owner = api_key_owners.owner)',
    )
    .whereNull('session_end_requested_at');
}

function idsOf(keys: readonly EndedKey[]): string[] {
  return keys.map(({ id }) => id);
}
