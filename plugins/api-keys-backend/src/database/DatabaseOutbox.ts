import { Knex } from 'knex';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { StoreContext } from './changeOwners';
import { SinkCursor } from './sinkCursor';
import { isPostgres, acquireAdvisoryLock } from './dialect';
import { EventRow, fromEventRow, UNPLACED } from './events';
import { inTransaction } from './inTransaction';
import { READ_TIMEOUT } from './readTimeout';

const SINKS = 'api_key_event_sinks';
const EVENTS = 'api_key_events';
const PLACED_PER_TRANSACTION = 5000;

/** A row of `api_key_event_sinks`. PostgreSQL returns 64-bit integers as text. */
type SinkRow = {
  name: string;
  position: number | string;
  done_ahead: string;
  lease_owner: string | null;
  lease_ends_at: number | string;
  failures: number;
  retry_at: number | string;
};

/** State of a sink. Times are milliseconds since 1970. */
export type SinkState = SinkCursor & {
  leaseEndsAt: number;
  failures: number;
  retryAt: number;
  /** Position of the latest event that has one. */
  head: number;
  /** True if there are events without a position. */
  hasUnplaced: boolean;
};

/** A process that sends to a sink, holding the lease for a limited time. */
export type SinkLease = { sink: string; owner: string };

export type PlacedEvent = { position: number; event: StoredKeyEvent };

/**
 * The events of keys as an outbox, with the cursor of each sink.
 *
 * An event gets its position after it is committed, in one order for all replicas, so that a reader by position misses nothing.
 * Unlike the snapshot's xmin (see `ownerChanges.ts`), positions do not wait for transactions of other databases on the server,
 * and stay valid when a dump is restored on another server.
 */
export class DatabaseOutbox {
  readonly #knex: Knex;

  constructor({ knex }: Pick<StoreContext, 'knex'>) {
    this.#knex = knex;
  }

  /** Adds the sinks that are unknown. They start after all existing events. */
  async addSinks(names: readonly string[]): Promise<void> {
    await this.placeEvents();
    const { head } = await this.#head();
    await this.#knex<SinkRow>(SINKS)
      .insert(
        names.map(name => ({
          name,
          position: head,
          done_ahead: '[]',
          lease_owner: null,
          lease_ends_at: 0,
          failures: 0,
          retry_at: 0,
        })),
      )
      .onConflict('name')
      .ignore();
  }

  async findSink(name: string): Promise<SinkState | undefined> {
    const [row, head] = await Promise.all([
      this.#knex<SinkRow>(SINKS).where({ name }).first().timeout(READ_TIMEOUT),
      this.#head(),
    ]);
    return (
      row && {
        ...cursorFrom(row),
        leaseEndsAt: Number(row.lease_ends_at),
        failures: row.failures,
        retryAt: Number(row.retry_at),
        ...head,
      }
    );
  }

  /** Assigns positions to the events that all replicas have committed since the last call. */
  async placeEvents(): Promise<void> {
    let placed: number;
    do {
      placed = await inTransaction(this.#knex, tx => placeSome(tx));
    } while (placed === PLACED_PER_TRANSACTION);
  }

  /** @returns the cursor; undefined if another process has the sink, or the sink is paused */
  async acquire(
    { sink, owner }: SinkLease,
    now: number,
    leaseMs: number,
  ): Promise<SinkCursor | undefined> {
    const [row] = await this.#knex<SinkRow>(SINKS)
      .where({ name: sink })
      .where(lease =>
        lease.where('lease_ends_at', '<=', now).orWhere('lease_owner', owner),
      )
      .where('retry_at', '<=', now)
      .update({ lease_owner: owner, lease_ends_at: now + leaseMs })
      .returning('*');
    return row && cursorFrom(row);
  }

  /** Returns the events after a cursor, oldest first, up to the last assigned position. */
  async readEvents(
    after: number,
    options: { types?: readonly string[]; limit: number },
  ): Promise<{ events: PlacedEvent[]; end: number }> {
    const { types, limit } = options;
    const { head } = await this.#head();
    const rows: EventRow[] = await this.#knex<EventRow>(EVENTS)
      .where('outbox_position', '>', after)
      .where('outbox_position', '<=', head)
      .modify(query => types && query.whereIn('type', [...types]))
      .orderBy('outbox_position')
      .limit(limit);
    const events = rows.map(row => ({
      position: Number(row.outbox_position),
      event: fromEventRow(row),
    }));
    const isWhole = events.length < limit;
    return { events, end: isWhole ? head : events[limit - 1].position };
  }

  /** @returns whether the process still has the lease; without it, nothing is saved */
  async save(
    { sink, owner }: SinkLease,
    { position, doneAhead }: SinkCursor,
    leaseEndsAt: number,
  ): Promise<boolean> {
    const saved = await this.#knex<SinkRow>(SINKS)
      .where({ name: sink, lease_owner: owner })
      .update({
        position,
        done_ahead: JSON.stringify(doneAhead),
        lease_ends_at: leaseEndsAt,
      });
    return saved === 1;
  }

  /** Releases the lease, unless another process has it by now. */
  async release(
    { sink, owner }: SinkLease,
    { position, doneAhead }: SinkCursor,
    { failures, retryAt }: Pick<SinkState, 'failures' | 'retryAt'>,
  ): Promise<void> {
    await this.#knex<SinkRow>(SINKS)
      .where({ name: sink, lease_owner: owner })
      .update({
        position,
        done_ahead: JSON.stringify(doneAhead),
        lease_owner: null,
        lease_ends_at: 0,
        failures,
        retry_at: retryAt,
      });
  }

  async #head(): Promise<Pick<SinkState, 'head' | 'hasUnplaced'>> {
    const [last, unplaced] = await Promise.all([
      highestPosition(this.#knex),
      this.#knex(EVENTS)
        .where('outbox_position', UNPLACED)
        .first('id')
        .timeout(READ_TIMEOUT),
    ]);
    return { head: last, hasUnplaced: unplaced !== undefined };
  }
}

async function placeSome(tx: Knex.Transaction): Promise<number> {
  // A separate statement, so that it sees the positions that the previous holder of the lock has assigned.
  await acquireAdvisoryLock(tx, 'outbox');
  const highest = await highestPosition(tx);
  const unplaced = tx(EVENTS)
    .select('id')
    .rowNumber('number', 'id')
    .where('outbox_position', UNPLACED)
    .orderBy('id')
    .limit(PLACED_PER_TRANSACTION);
  const placed = await tx.raw(
    `update ${EVENTS} set outbox_position = ? + unplaced.number
      from ? as unplaced where ${EVENTS}.id = unplaced.id`,
    [highest, unplaced],
  );
  return isPostgres(tx) ? placed.rowCount : Number(placed.changes ?? 0);
}

/** Includes the cursors of sinks, since the latest events may have been deleted. */
async function highestPosition(knex: Knex): Promise<number> {
  const [ofEvents, ofSinks] = await Promise.all([
    knex(EVENTS)
      .where('outbox_position', '>', UNPLACED)
      .max({ position: 'outbox_position' })
      .first(),
    knex(SINKS).max({ position: 'position' }).first(),
  ]);
  return Math.max(
    Number(ofEvents?.position ?? 0),
    Number(ofSinks?.position ?? 0),
  );
}

function cursorFrom(row: SinkRow): SinkCursor {
  return {
    position: Number(row.position),
    doneAhead: JSON.parse(row.done_ahead),
  };
}
