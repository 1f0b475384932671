import { setTimeout as sleep } from 'node:timers/promises';
import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyUse } from 'backstage-plugin-api-keys-node';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyMetrics } from '../metrics/KeyMetrics';
import { BufferedUses } from './BufferedUses';

/** Until then whoever was let in before the backend stopped has been looked at. */
const LAST_REQUESTS = 200;

/**
 * Counts uses in memory and writes them in bulk: at most once per resolution, and nothing while no key is used. The buffer
 * holds one entry a key, with a count for each plugin and day, however many uses and however long the database is away.
 *
 * Uses of very many keys are only written to a safe place then, and added to the keys after that, little by little, also by the
 * next process if this one ends. All of it together takes one connection at a time, and writing comes first.
 */
export class UseRecorder {
  readonly #store: ApiKeyStore;
  readonly #logger: LoggerService;
  readonly #metrics: KeyMetrics;
  readonly #resolution: number;
  readonly #recordIp: boolean;
  readonly #excludePlugins: ReadonlySet<string>;

  #buffer = new Map<string, BufferedUses>();
  #timer: NodeJS.Timeout | undefined;
  #flushedAt = 0;
  /** What is under way, and what comes after it. */
  #work: Promise<void> = Promise.resolve();
  #merging = false;
  #mergeAgain = false;
  #stopped = false;

  /** @param options - `resolution` is in milliseconds, `excludePlugins` are those whose uses do not count */
  constructor(options: {
    store: ApiKeyStore;
    logger: LoggerService;
    metrics: KeyMetrics;
    resolution: number;
    recordIp: boolean;
    excludePlugins?: readonly string[];
  }) {
    this.#store = options.store;
    this.#logger = options.logger;
    this.#metrics = options.metrics;
    this.#resolution = options.resolution;
    this.#recordIp = options.recordIp;
    this.#excludePlugins = new Set(options.excludePlugins);
  }

  /** Of how many keys there are uses to write. */
  get waiting(): number {
    return this.#buffer.size;
  }

  /** Adds what an earlier process has left. */
  start(): void {
    this.#merge();
  }

  record(keyId: string, use: ApiKeyUse, at: number): void {
    if (this.#excludePlugins.has(use.plugin)) return;
    let uses = this.#buffer.get(keyId);
    if (!uses) {
      uses = new BufferedUses(keyId);
      this.#buffer.set(keyId, uses);
    }
    uses.add(this.#recordIp ? use : { ...use, ip: undefined }, at);
    this.#schedule();
  }

  /** Writes what is there. Uses that could not be written are kept for the next time. */
  async flush(): Promise<void> {
    return this.#enqueue(() => this.#write());
  }

  /**
   * Writes the last uses when the backend stops, those of requests among them that it is about to answer. Uses that are written
   * already can wait for the next backend to be added to their keys.
   */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#stopped = true;
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
    const wait = this.#flushedAt + this.#resolution - Date.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, Math.max(0, wait));
    this.#timer.unref();
  }

  async #write() {
    if (this.#buffer.size === 0) return;
    const batch = this.#buffer;
    this.#buffer = new Map();
    this.#flushedAt = Date.now();
    try {
      const since = performance.now();
      await this.#store.addUses([...batch.values()]);
      this.#metrics.flushed(batch.size, (performance.now() - since) / 1000);
      this.#merge();
    } catch (error) {
      this.#metrics.flushFailed();
      this.#logger.warn(
        `Could not write the last uses of ${batch.size} API keys, trying again`,
        error instanceof Error ? error : undefined,
      );
      this.#keep(batch);
      this.#schedule();
    }
  }

  #keep(batch: Map<string, BufferedUses>) {
    for (const [keyId, later] of this.#buffer) {
      const uses = batch.get(keyId);
      if (uses) uses.addAll(later);
      else batch.set(keyId, later);
    }
    this.#buffer = batch;
  }

  /** Goes through all that is to be added to keys, and once more if there was a flush meanwhile. */
  #merge() {
    if (this.#merging) {
      this.#mergeAgain = true;
      return;
    }
    this.#merging = true;
    void this.#enqueue(() => this.#mergeSome());
  }

  async #mergeSome(after?: string) {
    if (this.#stopped) return;
    let next: string | undefined;
    try {
      next = await this.#store.mergeUses(after);
    } catch (error) {
      this.#logger.warn(
        'Could not add the uses of API keys that are written to the keys, trying again after the next flush',
        error instanceof Error ? error : undefined,
      );
    }
    if (next !== undefined) {
      void this.#enqueue(() => this.#mergeSome(next));
      return;
    }
    this.#merging = false;
    if (this.#mergeAgain) {
      this.#mergeAgain = false;
      this.#merge();
    }
  }
}
