import { Knex } from 'knex';
import {
  CatalogCheck,
  KeyOwner,
  KeyOwnerPageRequest,
  ListedKeyOwner,
  OwnerPresenceChange,
} from '../lifecycle/KeyOwner';
import { OwnerIdentity } from '../lifecycle/ownerIdentity';
import { changeOwners, StoreContext } from './changeOwners';
import { learnIdentity } from './ownerIdentity';
import {
  findCatalogCheck,
  saveMassChange,
  saveOwnerPresence,
} from './ownerPresence';
import { fromOwnerRow, OwnerRow } from './owners';
import { recordSessionEnd } from './sessionEnds';

const HAS_KEYS = `exists (select 1 from api_keys as k where k.owner = api_key_owners.owner and k.revoked_at is null)`;

/** Owners of keys, as the catalog has or had them. */
export class OwnerStore {
  readonly #context: StoreContext;
  readonly #knex: Knex;

  constructor(context: StoreContext) {
    this.#context = context;
    this.#knex = context.knex;
  }

  async find(owner: string): Promise<KeyOwner | undefined> {
    const row = await this.#knex<OwnerRow>('api_key_owners')
      .where({ owner })
      .first();
    return row && fromOwnerRow(row);
  }

  async list(page: KeyOwnerPageRequest): Promise<ListedKeyOwner[]> {
    const rows: (OwnerRow & { has_keys: boolean | number })[] =
      await this.#knex('api_key_owners')
        .select('*', this.#knex.raw(`${HAS_KEYS} as has_keys`))
        .modify(query => whereInPage(query, page))
        .orderBy('owner')
        .limit(page.limit);
    return rows.map(row => ({
      ...fromOwnerRow(row),
      hasKeys: Boolean(row.has_keys),
    }));
  }

  /** Saves which owners the catalog has and which are missing. An owner who is already missing keeps the time since when. */
  async savePresence(change: OwnerPresenceChange, now: number): Promise<void> {
    const owners = [...change.returned, ...change.vanished];
    await changeOwners(this.#context, owners, async tx => ({
      result: await saveOwnerPresence(tx, change, now),
      events: [],
    }));
  }

  async findCatalogCheck(kind: string): Promise<CatalogCheck> {
    return findCatalogCheck(this.#knex, kind);
  }

  /** Records that most owners of a kind became new entities at once. */
  async saveMassChange(kind: string, now: number): Promise<void> {
    await saveMassChange(this.#knex, kind, now);
  }

  /** Adds knowledge about an owner whose identity is unchanged, unless `known` is out of date. */
  async learnIdentity(
    ref: string,
    known: OwnerIdentity | undefined,
    identity: OwnerIdentity,
  ): Promise<void> {
    await learnIdentity(this.#knex, ref, known, identity);
  }

  /** Records that an owner's offline sessions have ended, as requested at that time. */
  async recordSessionEnd(owner: string, requestedAt: number): Promise<void> {
    await recordSessionEnd(this.#knex, owner, requestedAt);
  }
}

function whereInPage(
  query: Knex.QueryBuilder,
  {
    after,
    missingUntil,
    unconfirmedAmong,
    sessionEndRequested,
  }: KeyOwnerPageRequest,
) {
  if (after !== undefined) query.where('owner', '>', after);
  if (missingUntil !== undefined) {
    query.whereRaw(HAS_KEYS).where('missing_since', '<=', missingUntil);
  }
  if (unconfirmedAmong) {
    query
      .whereIn('owner', [...unconfirmedAmong])
      .whereNotNull('unconfirmed_since');
  }
  if (sessionEndRequested) query.whereNotNull('session_end_requested_at');
}
