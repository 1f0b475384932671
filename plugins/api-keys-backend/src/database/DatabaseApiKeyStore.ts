import { DatabaseService } from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import { Knex } from 'knex';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { ACCEPTED_STATUSES } from '../lifecycle/status';
import { addUses } from './addUses';
import {
  ApiKeyStore,
  KeyChanges,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyScope,
  KeyUses,
  Revocation,
} from './ApiKeyStore';
import { openDatabase } from './migrations';
import { encodeCursor, orderOf, whereAfter } from './paging';
import { ApiKeyRow, fromRow, searchTextOf, toRow } from './rows';
import { whereStatus } from './statusPredicate';

/** An {@link ApiKeyStore} in the plugin's own database: SQLite or PostgreSQL. */
export class DatabaseApiKeyStore implements ApiKeyStore {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<DatabaseApiKeyStore> {
    return new DatabaseApiKeyStore(await openDatabase(options.database));
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  async insert(
    key: ApiKeyRecord,
    options: { secretDigest: string; maxAccepted: number },
  ): Promise<void> {
    await this.#knex.transaction(async tx => {
      await lockOwner(tx, key.owner);
      const accepted = await countAccepted(tx, key.owner, key.createdAt);
      if (accepted >= options.maxAccepted) {
        throw new ConflictError(
          `${key.owner} has ${accepted} API keys, and may have ${options.maxAccepted}; revoke one first`,
        );
      }
      await tx('api_keys').insert(toRow(key, options.secretDigest));
    });
  }

  async findByDigest(
    digests: readonly string[],
  ): Promise<ApiKeyRecord | undefined> {
    const row = await this.#knex<ApiKeyRow>('api_keys')
      .whereIn('secret_digest', digests)
      .first();
    return row && fromRow(row);
  }

  async findById(
    id: string,
    scope?: KeyScope,
  ): Promise<ApiKeyRecord | undefined> {
    const query = this.#knex<ApiKeyRow>('api_keys').where({ id });
    if (scope) whereInScope(query, scope);
    const row = await query.first();
    return row && fromRow(row);
  }

  async findByIds(ids: readonly string[]): Promise<ApiKeyRecord[]> {
    const rows = await this.#knex<ApiKeyRow>('api_keys').whereIn('id', ids);
    return rows.map(fromRow);
  }

  async list(
    scope: KeyScope,
    filter: KeyFilter,
    page: KeyPageRequest,
    now: number,
  ): Promise<KeyPage> {
    const { order, limit, cursor } = page;
    const { expression, direction } = orderOf(order);
    const matching = this.#knex<ApiKeyRow>('api_keys');
    whereInScope(matching, scope);
    if (filter.statuses) whereStatus(matching, filter.statuses, now);
    if (filter.text) whereText(matching, filter.text);

    const [{ count }] = await matching.clone().count({ count: '*' });
    const rows: (ApiKeyRow & { sort_value: string | number })[] = await matching
      .clone()
      .select('*', this.#knex.raw(`${expression} as sort_value`))
      .modify(query => cursor && whereAfter(query, order, cursor))
      .orderByRaw(`${expression} ${direction}`)
      .orderBy('id', direction)
      .limit(limit + 1); // one more tells whether there is a next page

    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor =
      last && rows.length > limit
        ? encodeCursor(order, sortValueOf(last.sort_value, order), last.id)
        : undefined;
    return { items: items.map(fromRow), totalItems: Number(count), nextCursor };
  }

  async countAccepted(owner: string, now: number): Promise<number> {
    return countAccepted(this.#knex, owner, now);
  }

  async update(
    id: string,
    changes: KeyChanges,
    now: number,
  ): Promise<ApiKeyRecord | undefined> {
    return this.#knex.transaction(async tx => {
      const query = tx<ApiKeyRow>('api_keys').where({ id });
      whereStatus(query, ACCEPTED_STATUSES, now);
      const row = await query.forUpdate().first();
      if (!row) return undefined;

      const changed = applyChanges(fromRow(row), changes);
      await tx<ApiKeyRow>('api_keys')
        .where({ id })
        .update({
          name: changed.name,
          description: changed.description ?? null,
          search_text: searchTextOf(changed),
          expires_at: changed.expiresAt ?? null,
        });
      return changed;
    });
  }

  async revoke(id: string, revocation: Revocation): Promise<boolean> {
    const rows = await this.#knex<ApiKeyRow>('api_keys')
      .where({ id })
      .whereNull('revoked_at')
      .update({
        revoked_at: revocation.at,
        revoked_by: revocation.by,
        revoked_reason: revocation.reason,
      });
    return rows > 0;
  }

  async addUses(uses: readonly KeyUses[]): Promise<void> {
    await addUses(this.#knex, uses);
  }
}

/** Makes others wait who want to add a key for the same owner, on both databases, until the transaction ends. */
async function lockOwner(tx: Knex.Transaction, owner: string) {
  await tx('api_key_owners').insert({ owner }).onConflict('owner').merge();
}

async function countAccepted(
  knex: Knex,
  owner: string,
  now: number,
): Promise<number> {
  const query = knex<ApiKeyRow>('api_keys').where({ owner });
  whereStatus(query, ACCEPTED_STATUSES, now);
  const [{ count }] = await query.count({ count: '*' });
  return Number(count);
}

function whereInScope(query: Knex.QueryBuilder, scope: KeyScope) {
  const { owners, condition } = scope;
  query.whereIn('owner', owners);
  if (condition) query.where(q => condition(q));
}

function whereText(query: Knex.QueryBuilder, text: string) {
  const literal = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
  query.whereRaw(`search_text like ? escape '\\'`, `%${literal}%`);
}

/** PostgreSQL returns the times among them as text. */
function sortValueOf(value: string | number, order: string): string | number {
  return order.startsWith('name:') ? value : Number(value);
}

function applyChanges(key: ApiKeyRecord, changes: KeyChanges): ApiKeyRecord {
  const { name = key.name, description = key.description } = changes;
  return {
    ...key,
    name,
    description: description ?? undefined,
    // Two concurrent changes leave the earlier expiry, whichever comes last.
    expiresAt: earlier(key.expiresAt, changes.expiresAt),
  };
}

function earlier(a: number | undefined, b: number | undefined) {
  const first = Math.min(a ?? Infinity, b ?? Infinity);
  return first === Infinity ? undefined : first;
}
