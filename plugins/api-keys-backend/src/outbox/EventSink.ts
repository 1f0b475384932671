import { StoredKeyEvent } from '../lifecycle/KeyEvent';

/** Tools for a sink to deliver events. */
export type Delivery = {
  /** Aborted when the backend stops, or soon before the lease on the sink ends. */
  signal: AbortSignal;
  /**
   * Saves that events are delivered. Call it after each send: events that were sent but not saved when the process dies are
   * sent again.
   *
   * @throws LeaseLostError if another replica sends to the sink now
   */
  done(events: readonly StoredKeyEvent[]): Promise<void>;
};

/** Receives the events of keys from the dispatcher at least once, even if this process dies. */
export interface EventSink {
  /** Identifies the sink in the database. */
  readonly name: string;

  /** Types of events to deliver; all if left out. */
  readonly eventTypes?: readonly string[];

  /** How long to wait after a change for more of them, in milliseconds; 0 if left out. */
  readonly settleMs?: number;

  /** Returns false for events of the sink's types that it ignores. */
  accepts?(event: StoredKeyEvent): boolean;

  /**
   * Delivers events in the order of the array. The order of events of the same key must be preserved.
   *
   * @param events - all that are not done yet, up to a limit
   * @returns when to call again for events that were left for later, in milliseconds since 1970; undefined if there are none
   * @throws any error if some events could not be delivered: those that are not done are retried with growing pauses
   */
  deliver(
    events: readonly StoredKeyEvent[],
    delivery: Delivery,
  ): Promise<number | undefined>;

  /** Called with events that are dropped because they are too old. */
  expired?(events: readonly StoredKeyEvent[]): void;
}

/** Another replica has taken over the sink, because this one was too slow. */
export class LeaseLostError extends Error {
  constructor() {
    super('Another replica has taken over the sink');
    this.name = 'LeaseLostError';
  }
}
