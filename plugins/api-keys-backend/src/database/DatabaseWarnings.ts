import { randomUUID } from 'node:crypto';
import { DatabaseService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { KeyEvent } from '../lifecycle/KeyEvent';
import {
  CLAIM_LEASE,
  Warning,
  WarningClaim,
  WarningPlan,
} from '../warnings/rules';
import { countMatching } from './countMatching';
import { insertEvents } from './events';
import { inTransaction } from './inTransaction';
import { KeyListener } from './KeyListener';
import { openDatabase } from './migrations';
import { pendingUsesOf } from './pendingUses';
import { KeyScope } from './queries';
import { UpcomingWarningRow, upcomingWarnings } from './upcomingWarnings';
import {
  CLAIM_KEY,
  ClaimRow,
  CLAIMS,
  findClaims,
  sentEvent,
} from './warningClaims';
import { encodeWarningCursor, whereAfterCursor } from './warningCursor';
import { whereAmong } from './whereAmong';

const ROWS_PER_STATEMENT = 500;

/** An owner whom something is due to. */
export type WarnedOwner = {
  owner: string;
  /** The first of the ends that the owner is warned of, in milliseconds since 1970. */
  endsAt: number;
};

/** What was claimed for an owner. */
type ClaimRef = Pick<WarningClaim, 'id' | 'owner'>;

export type WarningPage = {
  items: Warning[];
  /** Over all pages, but never more than `API_KEY_TOTAL_MAX`. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  nextCursor?: string;
};

/** Which warnings there are to send, and which were sent. */
export class DatabaseWarnings {
  readonly #knex: Knex;
  readonly #listeners: readonly KeyListener[];

  /** @param options - `listeners` hear of every warning once it is sent */
  static async create(options: {
    database: DatabaseService;
    listeners?: readonly KeyListener[];
  }): Promise<DatabaseWarnings> {
    const { database, listeners = [] } = options;
    return new DatabaseWarnings(await openDatabase(database), listeners);
  }

  private constructor(knex: Knex, listeners: readonly KeyListener[]) {
    this.#knex = knex;
    this.#listeners = listeners;
  }

  /**
   * The next warnings of keys, soonest first, also those that are due and not sent.
   *
   * @throws InputError for a cursor of no such page
   */
  async list(
    plan: WarningPlan,
    scope: KeyScope,
    page: { now: number; until: number; limit: number; cursor?: string },
  ): Promise<WarningPage> {
    const { limit, cursor, ...times } = page;
    const query = upcomingWarnings(this.#knex, { plan, scope, ...times });
    const rows: UpcomingWarningRow[] = await query
      .clone()
      .select('*')
      .modify(q => cursor && whereAfterCursor(q, cursor))
      .orderBy(['due_at', 'key_id', 'kind'])
      .limit(limit + 1); // one more tells whether there is a next page
    const isWhole = !cursor && rows.length <= limit;
    const total = isWhole
      ? { totalItems: rows.length, totalIsCapped: false }
      : await countMatching(this.#knex, query);
    const items = rows.slice(0, limit).map(fromRow);
    const last = items.at(-1);
    const nextCursor =
      last && rows.length > limit ? encodeWarningCursor(last) : undefined;
    return { items, ...total, nextCursor };
  }

  /** Owners to whom something is due, the most urgent first. */
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
   * Claims all that is due to owners, to be sent as one to each. Whoever claims at the same time gets what is left: each row can
   * be inserted once, and taken over only from somebody whose lease is over.
   */
  async claim(
    plan: WarningPlan,
    owners: readonly string[],
    now: number,
  ): Promise<WarningClaim[]> {
    const id = randomUUID();
    const due = this.#due(plan, { owners }, now).select(
      'key_id',
      'kind',
      'ends_at',
      'threshold',
      'owner',
    );
    // In one order, so that replicas wait for each other instead of for good. SQLite needs the "where true".
    await this.#knex.raw(
      `insert into ${CLAIMS} (key_id, kind, ends_at, threshold, owner, claim_id, claimed_at)
        select key_id, kind, ends_at, threshold, owner, cast(? as varchar(36)), cast(? as bigint)
          from ? as due where true order by key_id, kind
        on conflict (${CLAIM_KEY.join(', ')}) do update
          set owner = excluded.owner, claim_id = excluded.claim_id, claimed_at = excluded.claimed_at, sent_at = null
          where ${CLAIMS}.owner <> excluded.owner
            or (${CLAIMS}.sent_at is null and ${CLAIMS}.claimed_at <= ?)`,
      [id, now, due, now - CLAIM_LEASE],
    );
    return findClaims(this.#knex, id);
  }

  /** Lets somebody else try. */
  async release({ id, owner }: ClaimRef): Promise<void> {
    await this.#knex<ClaimRow>(CLAIMS)
      .where({ claim_id: id, owner })
      .whereNull('sent_at')
      .delete();
  }

  /**
   * Notes that warnings of a claim were sent, in the trail of each key, too.
   *
   * @param warnings - which of them; all that are left if that is left out
   */
  async markSent(
    { id, owner }: ClaimRef,
    now: number,
    warnings?: readonly Pick<Warning, 'keyId' | 'kind'>[],
  ): Promise<void> {
    const sent = warnings?.map(({ keyId, kind }) => [keyId, kind]);
    const events = await inTransaction(this.#knex, async tx => {
      const told: KeyEvent[] = [];
      let rows: ClaimRow[];
      do {
        const some = tx<ClaimRow>(CLAIMS)
          .select(...CLAIM_KEY)
          .where({ claim_id: id, owner })
          .whereNull('sent_at')
          .modify(claimed => sent && claimed.whereIn(['key_id', 'kind'], sent))
          .limit(ROWS_PER_STATEMENT);
        rows = await whereAmong(tx<ClaimRow>(CLAIMS), CLAIM_KEY, some)
          .update({ sent_at: now })
          .returning('*');
        told.push(...(await insertEvents(tx, rows.map(sentEvent(now)))));
      } while (rows.length === ROWS_PER_STATEMENT);
      return told;
    });
    if (events.length === 0) return;
    for (const listener of this.#listeners) listener.eventsAdded?.(events);
  }

  /**
   * Forgets warnings of ends that nobody is warned of any more, a bounded number at a time.
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

  #due(plan: WarningPlan, scope: KeyScope, now: number) {
    const leasedSince = now - CLAIM_LEASE;
    const until = now;
    return (
      upcomingWarnings(this.#knex, { plan, scope, now, until, leasedSince })
        // Of a key that was used, it is not known yet when it goes inactive.
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
