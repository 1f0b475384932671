import { StoredKeyEvent } from '../lifecycle/KeyEvent';

/** What a sink is given to deliver events with. */
export type Delivery = {
  /** Aborted when the backend stops, or soon before the lease on the sink ends. */
  signal: AbortSignal;
  /**
   * Saves that events are delivered, so that they are not delivered again. Call it after each send: what was sent and is not saved
   * when the process dies is sent a second time.
   *
   * @throws LeaseLostError if another replica sends to the sink by now
   */
  done(events: readonly StoredKeyEvent[]): Promise<void>;
};

/** Receives the events of keys, with the help of the dispatcher: at least once, whatever becomes of this process. */
export interface EventSink {
  /** Identifies the sink in the database. */
  readonly name: string;

  /** Types of events to deliver; all if left out. */
  readonly eventTypes?: readonly string[];

  /** How long to wait after a change for more of them, in milliseconds; 0 if left out. */
  readonly settleMs?: number;

  /** Returns false for events of the sink's types that it does nothing with. */
  accepts?(event: StoredKeyEvent): boolean;

  /**
   * Delivers events in the order of the array. Those of one key must stay in that order.
   *
   * @param events - all that are not done yet, up to a bound
   * @returns when to call again for events that were left for later, in milliseconds since 1970; undefined if there are none
   * @throws any error if something could not be delivered: what is not done is tried again later, with pauses that grow
   */
  deliver(
    events: readonly StoredKeyEvent[],
    delivery: Delivery,
  ): Promise<number | undefined>;

  /** Called with events that are given up because they are too old. */
  expired?(events: readonly StoredKeyEvent[]): void;
}

/** Another replica has taken over the sink: this one was too slow. */
export class LeaseLostError extends Error {
  constructor() {
    super('Another replica has taken over the sink');
    this.name = 'LeaseLostError';
  }
}
