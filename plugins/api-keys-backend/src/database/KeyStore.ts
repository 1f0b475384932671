import { Knex } from 'knex';
import { ApiKeyRecord, VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { changeOwners, StoreContext } from './changeOwners';
import { countActive } from './countActive';
import { countCapped } from './countCapped';
import { DatabaseKeyTransfer } from './DatabaseKeyTransfer';
import { DatabaseOwnerKeys } from './DatabaseOwnerKeys';
import { whereFilter, whereInScope } from './keyFilter';
import { KeyLookup } from './KeyLookup';
import { ChangeCursor, OwnerChanges, readOwnerChanges } from './ownerChanges';
import { KeyTransfer, OwnerKeysTransaction } from './OwnerKeysTransaction';
import { OWNER_STATE } from './owners';
import {
  encodeCursor,
  isTextOrder,
  orderOf,
  whereAfter,
  whereFirst,
} from './paging';
import { PENDING_COLUMNS } from './pendingUsage';
import {
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeySummary,
  KeyVisibility,
} from './queries';
import { PAGE_TIMEOUT, READ_TIMEOUT } from './readTimeout';
import {
  ApiKeyRow,
  ApiKeyRowWithOwner,
  fromRow,
  fromRowWithOwner,
} from './rows';
import { summarize } from './summary';

const ITERATION_PAGE_SIZE = 1000;

type ListedRow = ApiKeyRow & { sort_value: string | number };

/** Keys in the plugin's own database: SQLite or PostgreSQL. */
export class KeyStore {
  readonly #context: StoreContext;
  readonly #knex: Knex;
  readonly #keyLookup: KeyLookup;

  constructor(context: StoreContext) {
    this.#context = context;
    this.#knex = context.knex;
    this.#keyLookup = new KeyLookup(context.knex);
  }

  /**
   * Includes whether the owner is missing, but not the pending uses of the key. If a key seems unused for too long, find it by
   * its id before it is denied.
   */
  async findForVerification(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined> {
    return this.#keyLookup.findForVerification(digests);
  }

  /** Includes all written uses, and whether the owner is missing. */
  async findById(
    id: string,
    scope?: KeyVisibility,
  ): Promise<ApiKeyRecord | undefined> {
    const query = this.#withOwners().where({ id });
    if (scope) whereInScope(query, scope);
    const row = await query.first().timeout(READ_TIMEOUT);
    return row && fromRowWithOwner(row);
  }

  /** Returns the changes of all replicas since a mark. Uses do not count as changes. */
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

  /** @throws InputError for a cursor that this store did not make for this order */
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

  /** All keys of a list over all of its pages, oldest first, without holding them in memory. */
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

  /**
   * Changes the keys of an owner in one transaction, one change at a time on all replicas. The change must read whatever it
   * depends on inside the transaction.
   */
  async withOwnerLock<T>(
    owner: string,
    change: (keys: OwnerKeysTransaction) => Promise<T>,
  ): Promise<T> {
    return changeOwners(this.#context, [owner], async tx => {
      const keys = await DatabaseOwnerKeys.lock(tx, owner);
      return { result: await change(keys), events: keys.events };
    });
  }

  /**
   * Changes the keys of two owners in one transaction, as {@link KeyStore.withOwnerLock} does, to move families from one to the
   * other.
   */
  async withTransfer<T>(
    request: { from: string; to: string; keyIds: readonly string[] },
    change: (transfer: KeyTransfer) => Promise<T>,
  ): Promise<T> {
    return changeOwners(this.#context, [request.from, request.to], async tx => {
      const transfer = await DatabaseKeyTransfer.lock(tx, request);
      return { result: await change(transfer), events: transfer.events };
    });
  }

  /** Number of keys in a list over all of its pages. */
  async count(
    scope: KeyVisibility,
    filter: KeyFilter,
    now: number,
  ): Promise<number> {
    const matching = this.#matching(scope, filter, now);
    const [{ count }] = await matching.count({ count: '*' });
    return Number(count);
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
