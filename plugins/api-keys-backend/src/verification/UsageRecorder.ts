import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import {
  ApiKeyUse,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';
import { Stores } from '../database/stores';
import { KeyListener } from '../lifecycle/KeyListener';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { KeyMetrics } from '../observability/metrics/KeyMetrics';
import { UsageBuffer } from './UsageBuffer';
import { PendingUsageMerger } from './PendingUsageMerger';
import { RecentWrites } from './RecentWrites';

/** Requests that were accepted before the stop are verified within this time. */
const SHUTDOWN_DRAIN_MS = 200;
/** Early writes run at most this often, each for all keys that wait for one. */
const EARLY_INTERVAL_MS = 1000;
/** Failed writes are retried after this time, whatever the resolution. */
const RETRY_MS = 10_000;
/** Longest time that a reader of uses waits for those of this process to be written. */
const FLUSH_TIMEOUT_MS = 2000;

/**
 * Counts uses in memory and writes them in bulk, at most once per resolution and only if there are any. The buffer holds one
 * entry per key, with a count for each plugin and day, however many uses there are and however long the database is down.
 *
 * Uses that change what users see of a key are written within a second: its first use, the first one after an hour, and the
 * last ones of a key that has ended. That takes at most one statement a second, whatever the number of keys; keys in constant
 * use are written once per resolution.
 *
 * Uses of very many keys are only stored as pending, and merged into the keys later in small steps, also by the next process if
 * this one ends. All work together uses one connection at a time, and writing has priority.
 */
export class UsageRecorder implements KeyListener {
  readonly #stores: Pick<Stores, 'usage'>;
  readonly #logger: LoggerService;
  readonly #metrics: KeyMetrics;
  readonly #resolution: number;
  readonly #recordIp: boolean;
  readonly #excludePlugins: ReadonlySet<string>;
  readonly #recentWrites: RecentWrites;

  #buffer = new Map<string, UsageBuffer>();
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = 0;
  /** Ids of keys whose uses wait for an early write. */
  #early = new Set<string>();
  #earlyTimer: NodeJS.Timeout | undefined;
  #wroteEarlyAt = 0;
  #isFailing = false;
  /** Current work, and the work queued after it. */
  #work: Promise<void> = Promise.resolve();
  readonly #merger: PendingUsageMerger;

  /**
   * @param options - `resolution` is in milliseconds, uses of `excludePlugins` do not count, `lastUseOf` returns the last use
   *   of a key as read from the database, if it is known
   */
  constructor(options: {
    stores: Pick<Stores, 'usage'>;
    logger: LoggerService;
    metrics: KeyMetrics;
    resolution: number;
    recordIp: boolean;
    excludePlugins?: readonly string[];
    lastUseOf?: (keyId: string) => number | undefined;
  }) {
    this.#stores = options.stores;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#resolution = options.resolution;
    this.#recordIp = options.recordIp;
    this.#excludePlugins = new Set(options.excludePlugins);
    this.#merger = new PendingUsageMerger({
      ...options,
      usage: options.stores.usage,
      enqueue: work => this.#enqueue(work),
    });
    this.#recentWrites = new RecentWrites(
      options.lastUseOf ?? (() => undefined),
    );
  }

  /** Number of keys with unwritten uses. */
  get waiting(): number {
    return this.#buffer.size;
  }

  /** Merges the pending uses of an earlier process. */
  start(): void {
    this.#merger.merge();
  }

  record(keyId: string, use: ApiKeyUse, now: number): void {
    if (this.#excludePlugins.has(use.plugin)) return;
    // Other processes report uses a little later, with their own clocks.
    const at = Math.min(use.at ?? now, now);
    let uses = this.#buffer.get(keyId);
    if (!uses) {
      uses = new UsageBuffer(keyId, this.#recentWrites.earlyFrom(keyId));
      this.#buffer.set(keyId, uses);
    }
    uses.add(this.#recordIp ? use : { ...use, ip: undefined }, at);
    // Comes first, so that a due flush also takes uses that would be written early.
    this.#schedule();
    if (at >= uses.earlyFrom) this.expedite(keyId);
  }

  /** Schedules an early write of the uses of a key, if there are any. */
  expedite(keyId: string): void {
    if (this.#early.has(keyId) || !this.#buffer.has(keyId)) return;
    this.#early.add(keyId);
    this.#scheduleEarly();
  }

  /** Owners of a revoked key need to know its last uses. */
  eventsAdded(events: readonly KeyEvent[]): void {
    for (const { type, keyId } of events) {
      if (type === 'revoked') this.expedite(keyId);
    }
  }

  /** Writes all buffered uses. Uses that could not be written stay in the buffer. */
  async flush(): Promise<void> {
    return this.#enqueue(() => this.#writeAll());
  }

  /** Writes the uses of some keys before they are read. The reader gets an answer without uses that could not be written in time. */
  async flushKeys(keyIds: readonly string[]): Promise<void> {
    const written = this.#enqueue(() => this.#writeSome(keyIds));
    await withTimeout(written, FLUSH_TIMEOUT_MS).catch(() => {});
  }

  /**
   * Writes the last uses when the backend stops, including those of requests that are still in flight. The next backend merges
   * pending uses into their keys.
   */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#earlyTimer);
    this.#merger.stop();
    await this.flush();
    await sleep(SHUTDOWN_DRAIN_MS);
    await this.flush();
  }

  async #enqueue(work: () => Promise<void>) {
    this.#work = this.#work.then(work);
    return this.#work;
  }

  /** The first use after a quiet time is written at once, the next ones when the resolution allows. */
  #schedule() {
    if (this.#timer) return;
    this.#flushIn(this.#flushedAt + this.#resolution - Date.now());
  }

  #flushIn(wait: number) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, Math.max(0, wait));
    this.#timer.unref();
  }

  /** While writes fail, all uses are retried together. */
  #scheduleEarly() {
    if (this.#earlyTimer || this.#isFailing) return;
    const last = Math.max(this.#flushedAt, this.#wroteEarlyAt);
    this.#earlyTimer = setTimeout(() => {
      this.#earlyTimer = undefined;
      void this.#enqueue(() => this.#writeEarly());
    }, Math.max(0, last + EARLY_INTERVAL_MS - Date.now()));
    this.#earlyTimer.unref();
  }

  async #writeAll() {
    if (this.#buffer.size === 0) return;
    const batch = this.#buffer;
    this.#buffer = new Map();
    this.#early.clear();
    this.#flushedAt = Date.now();
    await this.#write(batch);
  }

  async #writeEarly() {
    this.#wroteEarlyAt = Date.now();
    await this.#writeSome([...this.#early]);
  }

  async #writeSome(keyIds: readonly string[]) {
    const batch = new Map<string, UsageBuffer>();
    for (const keyId of keyIds) {
      const uses = this.#buffer.get(keyId);
      if (uses) batch.set(keyId, uses);
      this.#buffer.delete(keyId);
      this.#early.delete(keyId);
    }
    await this.#write(batch);
  }

  async #write(batch: Map<string, UsageBuffer>) {
    if (batch.size === 0) return;
    try {
      const since = performance.now();
      await this.#stores.usage.applyUsage([...batch.values()]);
      this.#metrics.flushed(batch.size, (performance.now() - since) / 1000);
      this.#recentWrites.add(batch.values());
      this.#isFailing = false;
      this.#merger.merge();
    } catch (error) {
      this.#metrics.flushFailed();
      this.#logger.warn(
        `Could not write the last uses of ${batch.size} API keys, trying again`,
        error instanceof Error ? error : undefined,
      );
      this.#isFailing = true;
      this.#keep(batch);
      this.#flushIn(Math.min(this.#resolution, RETRY_MS));
    }
  }

  #keep(batch: Map<string, UsageBuffer>) {
    for (const [keyId, uses] of batch) {
      const later = this.#buffer.get(keyId);
      if (later) uses.addAll(later);
      this.#buffer.set(keyId, uses);
    }
  }
}
