import { Knex } from 'knex';
import { DailyUsage, UsageDelta, UsageOnDay } from '../lifecycle/UsageDelta';
import { applyUsage } from './applyUsage';
import { StoreContext } from './changeOwners';
import { inTransaction } from './inTransaction';
import { idsInScope, isEverything } from './keyFilter';
import { KeyListeners } from './KeyListeners';
import {
  KEYS_PER_TRANSACTION,
  mergePendingUsage,
  stagePendingUsage,
} from './pendingUsage';
import { KeyVisibility } from './queries';

/** A row of `api_key_usage`. PostgreSQL returns 64-bit integers as text. */
type UsageRow = {
  key_id: string;
  day: number | string;
  plugin: string;
  uses: number | string;
};

/** Uses of keys, by day and plugin. */
export class UsageStore {
  readonly #knex: Knex;
  readonly #listeners: KeyListeners;

  constructor(options: StoreContext) {
    this.#knex = options.knex;
    this.#listeners = options.listeners;
  }

  /** Returns the number of uses on each day since `since`, by the start of the day. Totals over all keys are stored. */
  async getTotalUsage(
    scope: KeyVisibility,
    since: number,
  ): Promise<Map<number, number>> {
    const query = isEverything(scope)
      ? this.#knex('api_key_daily_uses')
      : this.#knex('api_key_usage').whereIn(
          'key_id',
          idsInScope(this.#knex, scope),
        );
    const rows: { day: number | string; total: number | string }[] = await query
      .select('day', this.#knex.raw('sum(uses) as total'))
      .where('day', '>=', since)
      .groupBy('day')
      .orderBy('day');
    return new Map(rows.map(({ day, total }) => [Number(day), Number(total)]));
  }

  /** Returns the uses of a key since a day, by day and plugin. */
  async getDailyUsage(keyId: string, since: number): Promise<DailyUsage[]> {
    const rows = await this.#knex<UsageRow>('api_key_usage')
      .where({ key_id: keyId })
      .where('day', '>=', since)
      .orderBy(['day', 'plugin']);
    return rows.map(({ day, plugin, uses }) => ({
      day: Number(day),
      plugin,
      count: Number(uses),
    }));
  }

  /** Returns the uses of keys since a day, by key and day: in one statement, which finds the last rows by the primary key. */
  async getUsageByKey(
    keyIds: readonly string[],
    scope: KeyVisibility,
    since: number,
  ): Promise<UsageOnDay[]> {
    const rows: Pick<UsageRow, 'key_id' | 'day' | 'uses'>[] = await this.#knex(
      'api_key_usage',
    )
      .select('key_id', 'day', this.#knex.raw('sum(uses) as uses'))
      .whereIn('key_id', idsInScope(this.#knex, scope).whereIn('id', keyIds))
      .where('day', '>=', since)
      .groupBy('key_id', 'day')
      .orderBy(['key_id', 'day']);
    return rows.map(({ key_id: keyId, day, uses }) => ({
      keyId,
      day: Number(day),
      count: Number(uses),
    }));
  }

  /**
   * Adds uses, all or none, including uses of keys that ended after the use was accepted. Never moves a last use back and never
   * changes anything but usage. If there are uses of very many keys, it only stores them as pending, which takes a moment, and
   * {@link UsageStore.mergePendingUsage} adds them later; verification takes pending uses into account.
   *
   * @param uses - at most one for each key
   */
  async applyUsage(uses: readonly UsageDelta[]): Promise<void> {
    if (uses.length > KEYS_PER_TRANSACTION) {
      await stagePendingUsage(this.#knex, uses);
      return;
    }
    this.#listeners.emitUsage(
      await inTransaction(this.#knex, tx => applyUsage(tx, uses)),
    );
  }

  /**
   * Adds some of the pending uses of all replicas to their keys, each once.
   *
   * @param after - the result of the previous call
   * @returns undefined when there are no more
   */
  async mergePendingUsage(after: string = ''): Promise<string | undefined> {
    const { owners, last } = await mergePendingUsage(this.#knex, after);
    this.#listeners.emitUsage(owners);
    return last;
  }
}
