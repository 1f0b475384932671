import {
  DatabaseOutbox,
  PlacedEvent,
  SinkLease,
  SinkState,
} from '../database/DatabaseOutbox';
import { StoredKeyEvent } from '../lifecycle/KeyEvent';
import { cursorOf, isDone, SinkCursor } from '../database/sinkCursor';
import { LeaseLostError } from './EventSink';

/** Next events of a sink while its lease is held, with those that are done. */
export class DeliveryWindow {
  readonly #outbox: DatabaseOutbox;
  readonly #lease: SinkLease;
  readonly #leaseMs: number;
  #cursor: SinkCursor;
  #events: PlacedEvent[] = [];
  #positions = new Map<number, number>();
  #pending = new Set<number>();
  #end: number | undefined;
  #isFull = false;
  #hasProgress = false;

  constructor(options: {
    outbox: DatabaseOutbox;
    lease: SinkLease;
    leaseMs: number;
    cursor: SinkCursor;
  }) {
    this.#outbox = options.outbox;
    this.#lease = options.lease;
    this.#leaseMs = options.leaseMs;
    this.#cursor = options.cursor;
  }

  /** True if there may be more events after the window. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get hasPending(): boolean {
    return this.#pending.size > 0;
  }

  /** True if anything was delivered. */
  get hasProgress(): boolean {
    return this.#hasProgress;
  }

  async read(options: {
    types?: readonly string[];
    limit: number;
  }): Promise<void> {
    const { events, end } = await this.#outbox.readEvents(
      this.#cursor.position,
      options,
    );
    this.#events = events;
    this.#end = end;
    this.#isFull = events.length === options.limit;
    for (const { position, event } of events) {
      this.#positions.set(event.id, position);
      if (!isDone(this.#cursor, position)) this.#pending.add(position);
    }
  }

  pending(): StoredKeyEvent[] {
    return this.#events
      .filter(({ position }) => this.#pending.has(position))
      .map(({ event }) => event);
  }

  /** Counts events as done, and returns them. They are saved with the next delivery, or at the end. */
  leaveOut(which: (event: StoredKeyEvent) => boolean): StoredKeyEvent[] {
    const events = this.pending().filter(which);
    this.#remove(events);
    return events;
  }

  /** @throws LeaseLostError if another replica holds the lease now */
  async done(events: readonly StoredKeyEvent[]): Promise<void> {
    this.#remove(events);
    this.#hasProgress = true;
    const isSaved = await this.#outbox.save(
      this.#lease,
      this.#advance(),
      Date.now() + this.#leaseMs,
    );
    if (!isSaved) throw new LeaseLostError();
  }

  /** Saves the position of the sink and releases the lease. */
  async close(state: Pick<SinkState, 'failures' | 'retryAt'>): Promise<void> {
    await this.#outbox.release(this.#lease, this.#advance(), state);
  }

  #remove(events: readonly StoredKeyEvent[]) {
    for (const { id } of events) {
      this.#pending.delete(this.#positions.get(id)!);
    }
  }

  #advance(): SinkCursor {
    if (this.#end === undefined) return this.#cursor;
    this.#cursor = cursorOf(
      this.#events.map(({ position }) => position),
      this.#pending,
      this.#end,
    );
    return this.#cursor;
  }
}
