import { randomUUID } from 'node:crypto';
import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { KeyEvent, PlacedKeyEvent } from '../lifecycle/KeyEvent';
import { CLAIM_LEASE, Warning, WarningPlan } from '../lifecycle/warningPlan';
import { warnedDetails } from '../lifecycle/warnedEvent';
import { StoreContext } from './changeOwners';
import { KeyListeners } from './KeyListeners';
import { countCapped } from './countCapped';
import { insertEvents } from './events';
import { inTransaction } from './inTransaction';
import { pendingUsesOf } from './pendingUsage';
import { KeyVisibility } from './queries';
import { UpcomingWarningRow, upcomingWarnings } from './upcomingWarnings';
import { encodeWarningCursor, whereAfterCursor } from './warningCursor';
import { whereAmong } from './whereAmong';

const ROWS_PER_STATEMENT = 500;

/** An owner with warnings that are due. */
export type WarnedOwner = {
  owner: string;
  /** The first of the ends that the owner is warned of, in milliseconds since 1970. */
  endsAt: number;
};

const CLAIMS = 'api_key_warnings';
const CLAIM_KEY = ['key_id', 'kind', 'ends_at', 'threshold'] as const;

/** A row of `api_key_warnings`. PostgreSQL returns 64-bit integers as text. */
type ClaimRow = {
  key_id: string;
  kind: ApiKeyWarningKind;
  ends_at: number | string;
  threshold: number | string;
  owner: string;
  claim_id: string;
};

export type WarningPage = {
  items: Warning[];
  /** Over all pages, but never more than `API_KEY_TOTAL_MAX`. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
  totalIsCapped: boolean;
  nextCursor?: string;
};

/** Upcoming and recorded warnings. */
export class DatabaseWarnings {
  readonly #knex: Knex;
  readonly #listeners: KeyListeners;

  constructor({ knex, listeners }: StoreContext) {
    this.#knex = knex;
    this.#listeners = listeners;
  }

  /**
   * Lists the next warnings of keys, soonest first, including those that are due and not sent.
   *
   * @throws InputError for a cursor of another kind of page
   */
  async list(
    plan: WarningPlan,
    scope: KeyVisibility,
    page: { now: number; until: number; limit: number; cursor?: string },
  ): Promise<WarningPage> {
    const { limit, cursor, ...times } = page;
    const query = upcomingWarnings(this.#knex, { plan, scope, ...times });
    const rows: UpcomingWarningRow[] = await query
      .clone()
      .select('*')
      .modify(q => cursor && whereAfterCursor(q, cursor))
      .orderBy(['due_at', 'key_id', 'kind'])
      .limit(limit + 1); // one more row shows that there is a next page
    const isWhole = !cursor && rows.length <= limit;
    const total = isWhole
      ? { totalItems: rows.length, totalIsCapped: false }
      : await countCapped(this.#knex, query);
    const items = rows.slice(0, limit).map(fromRow);
    const last = items.at(-1);
    const nextCursor =
      last && rows.length > limit ? encodeWarningCursor(last) : undefined;
    return { items, ...total, nextCursor };
  }

  /** Returns the owners with warnings that are due, the most urgent first. */
  async findOwnersDue(
    plan: WarningPlan,
    page: { now: number; after?: WarnedOwner; limit: number },
  ): Promise<WarnedOwner[]> {
    const { now, after, limit } = page;
    const rows: { owner: string; soonest: number | string }[] = await this.#due(
      plan,
      { owners: 'everybody' },
      now,
    )
      .select('owner')
      .min({ soonest: 'ends_at' })
      .groupBy('owner')
      .modify(q => {
        if (!after) return;
        const { endsAt, owner } = after;
        q.havingRaw('(min(ends_at), owner) > (?, ?)', [endsAt, owner]);
      })
      .orderBy(['soonest', 'owner'])
      .limit(limit);
    return rows.map(row => ({ owner: row.owner, endsAt: Number(row.soonest) }));
  }

  /**
   * Records all due warnings of owners, each as an event from which the owner is then notified. Each row can be inserted only
   * once, even by replicas that run at the same time.
   *
   * @returns the number of warnings
   */
  async warn(
    plan: WarningPlan,
    owners: readonly string[],
    now: number,
  ): Promise<number> {
    const id = randomUUID();
    const due = this.#due(plan, { owners }, now).select(
      'key_id',
      'kind',
      'ends_at',
      'threshold',
      'owner',
    );
    const events = await inTransaction(this.#knex, async tx => {
      // Inserted in a fixed order, so that replicas wait for each other instead of deadlocking. SQLite needs the "where true".
      await tx.raw(
        `insert into ${CLAIMS} (key_id, kind, ends_at, threshold, owner, claim_id, claimed_at, sent_at)
          select key_id, kind, ends_at, threshold, owner, cast(? as varchar(36)), cast(? as bigint), cast(? as bigint)
            from ? as due where true order by key_id, kind
          on conflict (${CLAIM_KEY.join(', ')}) do update
            set owner = excluded.owner, claim_id = excluded.claim_id, claimed_at = excluded.claimed_at, sent_at = excluded.sent_at
            where ${CLAIMS}.owner <> excluded.owner
              or (${CLAIMS}.sent_at is null and ${CLAIMS}.claimed_at <= ?)`,
        [id, now, now, due, now - CLAIM_LEASE],
      );
      const rows: ClaimRow[] = await tx<ClaimRow>(CLAIMS)
        .where({ claim_id: id })
        .orderBy(['ends_at', 'key_id']);
      const added: KeyEvent[] = [];
      for (let i = 0; i < rows.length; i += ROWS_PER_STATEMENT) {
        const some = rows.slice(i, i + ROWS_PER_STATEMENT);
        added.push(...(await insertEvents(tx, some.map(toEvent(now)))));
      }
      return added;
    });
    this.#listeners.emitEvents(events);
    return events.length;
  }

  /**
   * Deletes a bounded number of warnings for ends that are no longer warned of.
   *
   * @returns whether there may be more
   */
  async forgetBefore(time: number): Promise<boolean> {
    const some = this.#knex(CLAIMS)
      .select(...CLAIM_KEY)
      .where('ends_at', '<', time)
      .limit(ROWS_PER_STATEMENT);
    const forgotten = await whereAmong(
      this.#knex(CLAIMS),
      CLAIM_KEY,
      some,
    ).delete();
    return forgotten === ROWS_PER_STATEMENT;
  }

  #due(plan: WarningPlan, scope: KeyVisibility, now: number) {
    const leasedSince = now - CLAIM_LEASE;
    const until = now;
    return (
      upcomingWarnings(this.#knex, { plan, scope, now, until, leasedSince })
        // A key with pending uses will get a later end of inactivity, which is not known yet.
        .whereRaw(
          `not (kind = 'inactivity' and ${pendingUsesOf('placed.key_id')})`,
        )
    );
  }
}

function fromRow(row: UpcomingWarningRow): Warning {
  return {
    keyId: row.key_id,
    keyName: row.key_name,
    owner: row.owner,
    kind: row.kind,
    endsAt: Number(row.ends_at),
    dueAt: Number(row.due_at),
    threshold: Number(row.threshold),
  };
}

function toEvent(now: number) {
  return ({
    key_id,
    owner,
    kind,
    ends_at,
    threshold,
  }: ClaimRow): PlacedKeyEvent => ({
    type: 'warned',
    keyId: key_id,
    owner,
    at: now,
    details: warnedDetails({
      kind,
      endsAt: Number(ends_at),
      threshold: Number(threshold),
    }),
  });
}
