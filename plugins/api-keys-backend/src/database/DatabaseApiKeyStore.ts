import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { ApiKeyRecord, VerificationRecord } from '../lifecycle/ApiKeyRecord';
import {
  KeyEvent,
  SecurityEventDraft,
  StoredKeyEvent,
} from '../lifecycle/KeyEvent';
import { OwnerIdentity } from '../lifecycle/ownerIdentity';
import { applyUsage } from './applyUsage';
import { ApiKeyStore, ChangeCursor, OwnerChanges } from './ApiKeyStore';
import { countActive } from './countActive';
import { countCapped } from './countCapped';
import { DatabaseKeyTransfer } from './DatabaseKeyTransfer';
import { DatabaseOwnerKeys } from './DatabaseOwnerKeys';
import { insertSecurityEvent, iterateEvents, listEvents } from './events';
import { inTrackedTransaction, inTransaction } from './inTransaction';
import { KeyLookup } from './KeyLookup';
import { whereFilter, whereInScope } from './keyFilter';
import { KeyListener } from '../lifecycle/KeyListener';
import {
  CatalogCheck,
  KeyOwner,
  KeyOwnerPageRequest,
  ListedKeyOwner,
  OwnerPresenceChange,
  StoredOverride,
} from '../lifecycle/KeyOwner';
import { DailyUsage, UsageDelta, UsageOnDay } from '../lifecycle/UsageDelta';
import { openDatabase } from './migrations';
import { deleteOverride, findOverrides, saveOverride } from './overrides';
import { KeyTransfer, OwnerKeysTransaction } from './OwnerKeysTransaction';
import { readOwnerChanges } from './ownerChanges';
import { learnIdentity } from './ownerIdentity';
import {
  findCatalogCheck,
  saveMassChange,
  saveOwnerPresence,
} from './ownerPresence';
import { findOwner, listOwners, OWNER_STATE } from './owners';
import {
  encodeCursor,
  isTextOrder,
  orderOf,
  whereAfter,
  whereFirst,
} from './paging';
import { recordSessionEnd } from './sessionEnds';
import {
  stagePendingUsage,
  KEYS_PER_TRANSACTION,
  mergePendingUsage,
  PENDING_COLUMNS,
} from './pendingUsage';
import {
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyVisibility,
  KeySummary,
} from './queries';
import { PAGE_TIMEOUT, READ_TIMEOUT } from './readTimeout';
import {
  ApiKeyRow,
  ApiKeyRowWithOwner,
  fromRow,
  fromRowWithOwner,
} from './rows';
import { summarize } from './summary';
import { getDailyUsage, getUsageByKey, getTotalUsage } from './usage';

const ITERATION_PAGE_SIZE = 1000;

type ListedRow = ApiKeyRow & { sort_value: string | number };

/** An {@link ApiKeyStore} in the plugin's own database: SQLite or PostgreSQL. */
export class DatabaseApiKeyStore implements ApiKeyStore {
  readonly #knex: Knex;
  readonly #keyLookup: KeyLookup;
  readonly #listeners: KeyListener[] = [];

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseApiKeyStore> {
    return new DatabaseApiKeyStore(await openDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
    this.#keyLookup = new KeyLookup(knex);
  }

  /** Passes every committed change to the listeners from now on. */
  subscribe(...listeners: KeyListener[]): void {
    this.#listeners.push(...listeners);
  }

  async findForVerification(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined> {
    return this.#keyLookup.findForVerification(digests);
  }

  async findById(
    id: string,
    scope?: KeyVisibility,
  ): Promise<ApiKeyRecord | undefined> {
    const query = this.#withOwners().where({ id });
    if (scope) whereInScope(query, scope);
    const row = await query.first().timeout(READ_TIMEOUT);
    return row && fromRowWithOwner(row);
  }

  async changesSince(mark?: ChangeCursor): Promise<OwnerChanges> {
    return readOwnerChanges(this.#knex, mark);
  }

  async findByIds(
    ids: readonly string[],
    scope?: KeyVisibility,
  ): Promise<ApiKeyRecord[]> {
    const query = this.#knex<ApiKeyRow>('api_keys').whereIn('id', ids);
    if (scope) whereInScope(query, scope);
    const rows = await query;
    return rows.map(fromRow);
  }

  async list(
    scope: KeyVisibility,
    filter: KeyFilter,
    page: KeyPageRequest,
    now: number,
  ): Promise<KeyPage> {
    const { order, limit, cursor } = page;
    const { expression, direction } = orderOf(this.#knex, order);
    const matching = this.#matching(scope, filter, now);
    const rows = await matching
      .clone()
      .select<ListedRow[]>('*', this.#knex.raw(`${expression} as sort_value`))
      .modify(q =>
        cursor
          ? whereAfter(q, order, cursor)
          : whereFirst(q, matching, order, limit + 1),
      )
      .orderByRaw(`${expression} ${direction}`)
      .orderBy('id', direction)
      .limit(limit + 1); // one more row shows that there is a next page
    // A list that fits on the first page needs no second query; most owners have few keys.
    const isWhole = !cursor && rows.length <= limit;
    const total = isWhole
      ? { totalItems: rows.length, totalIsCapped: false }
      : await countCapped(this.#knex, matching);

    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor =
      last && rows.length > limit
        ? encodeCursor(order, sortValueOf(last.sort_value, order), last.id)
        : undefined;
    return { items: items.map(fromRow), ...total, nextCursor };
  }

  async *iterate(
    scope: KeyVisibility,
    filter: KeyFilter,
    now: number,
  ): AsyncGenerator<ApiKeyRecord> {
    let rows: ApiKeyRow[] = [];
    do {
      const query = this.#matching(scope, filter, now);
      whereLater(query, rows.at(-1));
      rows = await query
        .orderBy(['created_at', 'id'])
        .limit(ITERATION_PAGE_SIZE)
        .timeout(PAGE_TIMEOUT);
      for (const row of rows) yield fromRow(row);
    } while (rows.length === ITERATION_PAGE_SIZE);
  }

  async summarize(scope: KeyVisibility, now: number): Promise<KeySummary> {
    return summarize(this.#knex, scope, now);
  }

  async countActive(owner: string, now: number): Promise<number> {
    return countActive(this.#knex, owner, now);
  }

  async listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    return listEvents(this.#knex, filter, page);
  }

  iterateEvents(filter: KeyEventFilter): AsyncIterable<StoredKeyEvent> {
    return iterateEvents(this.#knex, filter);
  }

  async withOwnerLock<T>(
    owner: string,
    change: (keys: OwnerKeysTransaction) => Promise<T>,
  ): Promise<T> {
    return this.#change([owner], async tx => {
      const keys = await DatabaseOwnerKeys.lock(tx, owner);
      return { result: await change(keys), events: keys.events };
    });
  }

  async withTransfer<T>(
    request: { from: string; to: string; keyIds: readonly string[] },
    change: (transfer: KeyTransfer) => Promise<T>,
  ): Promise<T> {
    return this.#change([request.from, request.to], async tx => {
      const transfer = await DatabaseKeyTransfer.lock(tx, request);
      return { result: await change(transfer), events: transfer.events };
    });
  }

  async findOwner(ref: string): Promise<KeyOwner | undefined> {
    return findOwner(this.#knex, ref);
  }

  async saveOwnerPresence(
    change: OwnerPresenceChange,
    now: number,
  ): Promise<void> {
    await this.#change([...change.returned, ...change.vanished], async tx => ({
      result: await saveOwnerPresence(tx, change, now),
      events: [],
    }));
  }

  async listOwners(page: KeyOwnerPageRequest): Promise<ListedKeyOwner[]> {
    return listOwners(this.#knex, page);
  }

  async findCatalogCheck(kind: string): Promise<CatalogCheck> {
    return findCatalogCheck(this.#knex, kind);
  }

  async saveMassChange(kind: string, now: number): Promise<void> {
    await saveMassChange(this.#knex, kind, now);
  }

  async learnIdentity(
    ref: string,
    known: OwnerIdentity | undefined,
    identity: OwnerIdentity,
  ): Promise<void> {
    await learnIdentity(this.#knex, ref, known, identity);
  }

  async recordSessionEnd(owner: string, requestedAt: number): Promise<void> {
    await recordSessionEnd(this.#knex, owner, requestedAt);
  }

  async findOverrides(refs?: readonly string[]): Promise<StoredOverride[]> {
    return findOverrides(this.#knex, refs);
  }

  async saveOverride(override: StoredOverride): Promise<void> {
    await saveOverride(this.#knex, override);
  }

  async deleteOverride(owner: string): Promise<void> {
    await deleteOverride(this.#knex, owner);
  }

  async addSecurityEvent(event: SecurityEventDraft): Promise<boolean> {
    const added = await inTrackedTransaction(this.#knex, tx =>
      insertSecurityEvent(tx, event),
    );
    if (added) this.#emitEvents([added]);
    return added !== undefined;
  }

  async count(
    scope: KeyVisibility,
    filter: KeyFilter,
    now: number,
  ): Promise<number> {
    const matching = this.#matching(scope, filter, now);
    const [{ count }] = await matching.count({ count: '*' });
    return Number(count);
  }

  async getTotalUsage(
    scope: KeyVisibility,
    since: number,
  ): Promise<Map<number, number>> {
    return getTotalUsage(this.#knex, scope, since);
  }

  async getDailyUsage(keyId: string, since: number): Promise<DailyUsage[]> {
    return getDailyUsage(this.#knex, keyId, since);
  }

  async getUsageByKey(
    keyIds: readonly string[],
    scope: KeyVisibility,
    since: number,
  ): Promise<UsageOnDay[]> {
    return getUsageByKey(this.#knex, keyIds, scope, since);
  }

  async applyUsage(uses: readonly UsageDelta[]): Promise<void> {
    if (uses.length > KEYS_PER_TRANSACTION) {
      await stagePendingUsage(this.#knex, uses);
      return;
    }
    this.#emitUsage(
      await inTransaction(this.#knex, tx => applyUsage(tx, uses)),
    );
  }

  async mergePendingUsage(after: string = ''): Promise<string | undefined> {
    const { owners, last } = await mergePendingUsage(this.#knex, after);
    this.#emitUsage(owners);
    return last;
  }

  async #change<T>(
    owners: readonly string[],
    change: (
      tx: Knex.Transaction,
    ) => Promise<{ result: T; events: readonly KeyEvent[] }>,
  ): Promise<T> {
    try {
      const { result, events } = await inTrackedTransaction(this.#knex, change);
      this.#emitEvents(events);
      return result;
    } finally {
      // Runs after failures as well: if the answer to a COMMIT is lost, the change may have been committed.
      for (const listener of this.#listeners) listener.ownersChanged?.(owners);
    }
  }

  #emitUsage(owners: readonly string[]) {
    if (owners.length === 0) return;
    for (const listener of this.#listeners) listener.keysUsed?.(owners);
  }

  #emitEvents(events: readonly KeyEvent[]) {
    if (events.length === 0) return;
    for (const listener of this.#listeners) listener.eventsAdded?.(events);
  }

  #withOwners(): Knex.QueryBuilder<ApiKeyRowWithOwner> {
    return this.#knex('api_keys').select(
      'api_keys.*',
      this.#knex.raw(OWNER_STATE),
      this.#knex.raw(PENDING_COLUMNS),
    );
  }

  #matching(scope: KeyVisibility, filter: KeyFilter, now: number) {
    return this.#knex<ApiKeyRow>('api_keys').modify(query => {
      whereInScope(query, scope);
      whereFilter(query, filter, now);
    });
  }
}

function whereLater(query: Knex.QueryBuilder, row: ApiKeyRow | undefined) {
  if (!row) return;
  query.whereRaw('(created_at, id) > (?, ?)', [row.created_at, row.id]);
}

/** PostgreSQL returns the times among them as text. */
function sortValueOf(value: string | number, order: string): string | number {
  return isTextOrder(order) ? value : Number(value);
}
