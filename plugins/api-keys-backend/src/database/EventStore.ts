import { Knex } from 'knex';
import { SecurityEventDraft, StoredKeyEvent } from '../lifecycle/KeyEvent';
import { countCapped } from './countCapped';
import { StoreContext } from './changeOwners';
import { EventRow, fromEventRow, insertSecurityEvent } from './events';
import { inTrackedTransaction } from './inTransaction';
import { idsInScope, isEverything } from './keyFilter';
import { KeyListeners } from './KeyListeners';
import { KeyEventFilter, KeyEventPage, KeyEventPageRequest } from './queries';
import { PAGE_TIMEOUT } from './readTimeout';

const ITERATION_PAGE_SIZE = 1000;

/** Events of keys. Those of changes are written by the transaction of the change. */
export class EventStore {
  readonly #knex: Knex;
  readonly #listeners: KeyListeners;

  constructor(options: StoreContext) {
    this.#knex = options.knex;
    this.#listeners = options.listeners;
  }

  /** Returns the events of keys, latest first. */
  async list(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    const rows = this.#matching(filter)
      .modify(query => page.before && query.where('id', '<', page.before))
      .orderBy('id', 'desc')
      .limit(page.limit + 1); // one more row shows that there is a next page
    const [found, total] = await Promise.all([
      rows,
      countCapped(this.#knex, this.#matching(filter)),
    ]);
    return {
      items: found.slice(0, page.limit).map(fromEventRow),
      ...total,
      hasMore: found.length > page.limit,
    };
  }

  /** Returns all events of a list over all of its pages, oldest first, without holding them in memory. */
  async *iterate(filter: KeyEventFilter): AsyncGenerator<StoredKeyEvent> {
    let rows: EventRow[] = [];
    do {
      const last = rows.at(-1);
      rows = await this.#matching(filter)
        .modify(query => last && query.where('id', '>', last.id))
        .orderBy('id')
        .limit(ITERATION_PAGE_SIZE)
        .timeout(PAGE_TIMEOUT);
      for (const row of rows) yield fromEventRow(row);
    } while (rows.length === ITERATION_PAGE_SIZE);
  }

  /**
   * Records a security event of a key once.
   *
   * @returns whether this was the first time
   */
  async addSecurityEvent(event: SecurityEventDraft): Promise<boolean> {
    const added = await inTrackedTransaction(this.#knex, tx =>
      insertSecurityEvent(tx, event),
    );
    if (added) this.#listeners.emitEvents([added]);
    return added !== undefined;
  }

  #matching(filter: KeyEventFilter) {
    return this.#knex<EventRow>('api_key_events').modify(query => {
      const { keys, from, to, keyId, ...equal } = filter;
      const columns = { ...equal, key_id: keyId };
      for (const [column, value] of Object.entries(columns)) {
        if (value !== undefined) query.where(column, value);
      }
      if (keys && !isEverything(keys)) {
        query.whereIn('key_id', idsInScope(this.#knex, keys));
      }
      if (from !== undefined) query.where('at', '>=', from);
      if (to !== undefined) query.where('at', '<', to);
    });
  }
}
