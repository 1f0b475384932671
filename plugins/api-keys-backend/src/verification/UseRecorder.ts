import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyUse, withTimeout } from 'backstage-plugin-api-keys-node';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyListener } from '../database/KeyListener';
import { KeyEvent } from '../lifecycle/KeyEvent';
import { KeyMetrics } from '../metrics/KeyMetrics';
import { BufferedUses } from './BufferedUses';
import { PendingUseMerger } from './PendingUseMerger';
import { RecentWrites } from './RecentWrites';

/** Until then whoever was let in before the backend stopped has been looked at. */
const LAST_REQUESTS = 200;
/** Early writes are made at most that often, each of all keys that wait for one. */
const EARLY_INTERVAL_MS = 1000;
/** How soon uses that could not be written are tried again, whatever the resolution. */
const RETRY_MS = 10_000;
/** Whoever wants to read uses waits no longer for those of this process to be written. */
const FLUSH_TIMEOUT_MS = 2000;

/**
 * Counts uses in memory and writes them in bulk: at most once per resolution, and nothing while no key is used. The buffer
 * holds one entry a key, with a count for each plugin and day, however many uses and however long the database is away.
 *
 * A use that changes what people think of a key is written early, within a second: its first one, the first one after an hour, and
 * the last ones of a key that has ended. That takes one statement a second at most, whatever the number of keys, and leaves keys
 * that are in use all the time to the resolution.
 *
 * Uses of very many keys are only written to a safe place then, and added to the keys after that, little by little, also by the
 * next process if this one ends. All of it together takes one connection at a time, and writing comes first.
 */
export class UseRecorder implements KeyListener {
  readonly #store: ApiKeyStore;
  readonly #logger: LoggerService;
  readonly #metrics: KeyMetrics;
  readonly #resolution: number;
  readonly #recordIp: boolean;
  readonly #excludePlugins: ReadonlySet<string>;
  readonly #recentWrites: RecentWrites;

  #buffer = new Map<string, BufferedUses>();
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = 0;
  /** Ids of keys whose uses wait for an early write. */
  #early = new Set<string>();
  #earlyTimer: NodeJS.Timeout | undefined;
  #wroteEarlyAt = 0;
  #isFailing = false;
  /** What is under way, and what comes after it. */
  #work: Promise<void> = Promise.resolve();
  readonly #merger: PendingUseMerger;

  /**
   * @param options - `resolution` is in milliseconds, `excludePlugins` are those whose uses do not count, `lastUseOf` is the last use
   *   of a key that was read from the database, as far as one was
   */
  constructor(options: {
    store: ApiKeyStore;
    logger: LoggerService;
    metrics: KeyMetrics;
    resolution: number;
    recordIp: boolean;
    excludePlugins?: readonly string[];
    lastUseOf?: (keyId: string) => number | undefined;
  }) {
    this.#store = options.store;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#resolution = options.resolution;
    this.#recordIp = options.recordIp;
    this.#excludePlugins = new Set(options.excludePlugins);
    this.#merger = new PendingUseMerger({
      ...options,
      enqueue: work => this.#enqueue(work),
    });
    this.#recentWrites = new RecentWrites(
      options.lastUseOf ?? (() => undefined),
    );
  }

  /** Of how many keys there are uses to write. */
  get waiting(): number {
    return this.#buffer.size;
  }

  /** Adds what an earlier process has left. */
  start(): void {
    this.#merger.merge();
  }

  record(keyId: string, use: ApiKeyUse, now: number): void {
    if (this.#excludePlugins.has(use.plugin)) return;
    // Other processes report uses a little later, by clocks of their own.
    const at = Math.min(use.at ?? now, now);
    let uses = this.#buffer.get(keyId);
    if (!uses) {
      uses = new BufferedUses(keyId, this.#recentWrites.earlyFrom(keyId));
      this.#buffer.set(keyId, uses);
    }
    uses.add(this.#recordIp ? use : { ...use, ip: undefined }, at);
    // First, so that a flush that is due takes what would be written early.
    this.#schedule();
    if (at >= uses.earlyFrom) this.expedite(keyId);
  }

  /** Has the uses of a key written within a second, if there are any. */
  expedite(keyId: string): void {
    if (this.#early.has(keyId) || !this.#buffer.has(keyId)) return;
    this.#early.add(keyId);
    this.#scheduleEarly();
  }

  /** The last uses of a key that was revoked are what its owner wants to know. */
  eventsAdded(events: readonly KeyEvent[]): void {
    for (const { type, keyId } of events) {
      if (type === 'revoked') this.expedite(keyId);
    }
  }

  /** Writes what is there. Uses that could not be written are kept for the next time. */
  async flush(): Promise<void> {
    return this.#enqueue(() => this.#writeAll());
  }

  /**
   * Writes the uses of some keys, for somebody who is about to read them. What cannot be written in time is left out: nobody is
   * refused an answer about a key because its last uses are missing.
   */
  async flushKeys(keyIds: readonly string[]): Promise<void> {
    const written = this.#enqueue(() => this.#writeSome(keyIds));
    await withTimeout(written, FLUSH_TIMEOUT_MS).catch(() => {});
  }

  /**
   * Writes the last uses when the backend stops, those of requests among them that it is about to answer. Uses that are written
   * already can wait for the next backend to be added to their keys.
   */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#earlyTimer);
    this.#merger.stop();
    await this.flush();
    await sleep(LAST_REQUESTS);
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

  /** While the database takes no uses, all of them are tried together. */
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
    const batch = new Map<string, BufferedUses>();
    for (const keyId of keyIds) {
      const uses = this.#buffer.get(keyId);
      if (uses) batch.set(keyId, uses);
      this.#buffer.delete(keyId);
      this.#early.delete(keyId);
    }
    await this.#write(batch);
  }

  async #write(batch: Map<string, BufferedUses>) {
    if (batch.size === 0) return;
    try {
      const since = performance.now();
      await this.#store.addUses([...batch.values()]);
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

  #keep(batch: Map<string, BufferedUses>) {
    for (const [keyId, uses] of batch) {
      const later = this.#buffer.get(keyId);
      if (later) uses.addAll(later);
      this.#buffer.set(keyId, uses);
    }
  }
}
