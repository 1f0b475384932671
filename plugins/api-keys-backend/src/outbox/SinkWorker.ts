import { randomUUID } from 'node:crypto';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  Backoff,
  FailureLog,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';
import { DatabaseOutbox, SinkLease } from '../database/DatabaseOutbox';
import { DAY } from '../lifecycle/time';
import { EventSink, LeaseLostError } from './EventSink';
import { DeliveryWindow } from './DeliveryWindow';

/** Longest time until events that other replicas commit are found. */
const POLL_MS = 5_000;
/** Pause while another replica sends to the sink. */
const BUSY_MS = 500;
/** After this time without progress, another replica takes over. The clocks of replicas must differ by much less. */
export const LEASE_MS = 60_000;
/** No send begins later than this before the lease ends: a send takes at most 30 seconds, and is saved afterwards. */
const LEASE_MARGIN_MS = 35_000;
const WINDOW_MAX = 10_000;
/** Older events are dropped, for example when a sink returns after months. */
export const EVENT_AGE_MAX_MS = 7 * DAY;
const BACKOFF = new Backoff({ firstMs: 2_000, factor: 4, maxMs: 5 * 60_000 });
/** The stop of a backend does not wait longer for a sink that hangs. */
const STOP_TIMEOUT_MS = 5_000;

/** Delivers events to one sink while this replica holds the lease. */
export class SinkWorker {
  readonly #sink: EventSink;
  readonly #outbox: DatabaseOutbox;
  readonly #logger: LoggerService;
  readonly #sinkLog: FailureLog;
  readonly #databaseLog: FailureLog;
  readonly #lease: SinkLease;

  readonly #stopped = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #dueAt = Infinity;
  #isStarted = false;
  #running: Promise<void> | undefined;

  constructor(options: {
    sink: EventSink;
    outbox: DatabaseOutbox;
    logger: LoggerService;
  }) {
    const { sink, outbox, logger } = options;
    this.#sink = sink;
    this.#outbox = outbox;
    this.#logger = logger;
    this.#lease = { sink: sink.name, owner: randomUUID() };
    this.#sinkLog = new FailureLog(logger);
    this.#databaseLog = new FailureLog(logger);
  }

  start(): void {
    this.#isStarted = true;
    this.#schedule(0);
  }

  /** Schedules a delivery after events were committed. */
  wake(): void {
    this.#schedule(this.#sink.settleMs ?? 0);
  }

  /** Leaves undelivered events to other replicas, or to the next start. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    clearTimeout(this.#timer);
    const stopped = withTimeout(
      Promise.resolve(this.#running),
      STOP_TIMEOUT_MS,
    );
    await stopped.catch(() => {});
  }

  /**
   * Delivers the events that are due now.
   *
   * @returns how long to wait before the next call, in milliseconds
   * @throws if the database is unavailable
   */
  async runOnce(): Promise<number> {
    const state = await this.#outbox.findSink(this.#lease.sink);
    if (!state) {
      await this.#outbox.addSinks([this.#lease.sink]);
      return 0;
    }
    if (state.hasUnplaced) await this.#outbox.placeEvents();
    else if (state.position >= state.head) return POLL_MS;
    const now = Date.now();
    if (state.retryAt > now) return Math.min(state.retryAt - now, POLL_MS);
    const cursor = await this.#outbox.acquire(this.#lease, now, LEASE_MS);
    if (!cursor) return BUSY_MS;
    const window = new DeliveryWindow({
      outbox: this.#outbox,
      lease: this.#lease,
      leaseMs: LEASE_MS,
      cursor,
    });
    return this.#deliver(window, state.failures);
  }

  async #deliver(window: DeliveryWindow, failuresBefore: number) {
    const { eventTypes: types } = this.#sink;
    await window.read({ types, limit: WINDOW_MAX });
    let nextAt: number | undefined;
    let failures = 0;
    try {
      this.#leaveOut(window);
      nextAt = await this.#send(window);
      this.#sinkLog.succeeded(
        `Events of API keys are delivered to ${this.#sink.name} again`,
      );
    } catch (error) {
      if (error instanceof LeaseLostError) return BUSY_MS;
      failures = window.hasProgress ? 1 : failuresBefore + 1;
      this.#sinkLog.failed(
        `Could not deliver events of API keys to ${
          this.#sink.name
        }, trying again until it works: ${error}`,
      );
    }
    const now = Date.now();
    const retryAt = failures > 0 ? now + BACKOFF.delayMs(failures) : 0;
    await window.close({ failures, retryAt });
    if (retryAt > 0) return Math.min(retryAt - now, POLL_MS);
    if (nextAt !== undefined) return Math.max(0, nextAt - now);
    if (window.hasPending) return BUSY_MS;
    return window.isFull ? 0 : POLL_MS;
  }

  #leaveOut(window: DeliveryWindow) {
    const sink = this.#sink;
    const oldest = Date.now() - EVENT_AGE_MAX_MS;
    window.leaveOut(event => sink.accepts?.(event) === false);
    const expired = window.leaveOut(({ at }) => at < oldest);
    if (expired.length === 0) return;
    this.#logger.warn(
      `Gave up ${expired.length} events of API keys for ${sink.name}: they could not be delivered for a week`,
    );
    sink.expired?.(expired);
  }

  async #send(window: DeliveryWindow): Promise<number | undefined> {
    const events = window.pending();
    if (events.length === 0) return undefined;
    const leaseEnds = new AbortController();
    const endLater = () =>
      setTimeout(() => leaseEnds.abort(), LEASE_MS - LEASE_MARGIN_MS).unref();
    let timer = endLater();
    try {
      return await this.#sink.deliver(events, {
        signal: AbortSignal.any([this.#stopped.signal, leaseEnds.signal]),
        done: async delivered => {
          try {
            await window.done(delivered);
          } catch (error) {
            // Deliveries that cannot be saved would be repeated.
            leaseEnds.abort();
            throw error;
          }
          clearTimeout(timer);
          timer = endLater();
        },
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #schedule(delayMs: number) {
    if (!this.#isStarted || this.#stopped.signal.aborted) return;
    const dueAt = performance.now() + delayMs;
    if (dueAt >= this.#dueAt) return;
    this.#dueAt = dueAt;
    clearTimeout(this.#timer);
    // A running delivery schedules the next one itself.
    if (this.#running) return;
    this.#timer = setTimeout(() => this.#run(), delayMs);
    this.#timer.unref();
  }

  async #runLogged(): Promise<number> {
    const { name } = this.#sink;
    try {
      const delayMs = await this.runOnce();
      this.#databaseLog.succeeded(
        `Events of API keys for ${name} are read from the database again`,
      );
      return delayMs;
    } catch (error) {
      this.#databaseLog.failed(
        `Could not read events of API keys for ${name} from the database, trying again until it works: ${error}`,
      );
      return POLL_MS;
    }
  }

  #run() {
    this.#dueAt = Infinity;
    this.#running = this.#runLogged().then(delayMs => {
      this.#running = undefined;
      const dueAt = Math.min(this.#dueAt, performance.now() + delayMs);
      this.#dueAt = Infinity;
      this.#schedule(Math.max(0, dueAt - performance.now()));
    });
  }
}
