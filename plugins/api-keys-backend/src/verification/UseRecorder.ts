import { LoggerService } from '@backstage/backend-plugin-api';
import { ApiKeyUse } from 'backstage-plugin-api-keys-node';
import { ApiKeyStore, DailyUses, KeyUses } from '../database/ApiKeyStore';
import { startOfDay } from '../lifecycle/time';
import { KeyMetrics } from '../metrics/KeyMetrics';

const USER_AGENT_MAX_LENGTH = 255;

/**
 * Counts uses in memory and writes them in bulk: at most once per resolution, and nothing while no key is used. The buffer
 * holds one entry a key, with a count for each plugin and day, however many uses and however long the database is away.
 */
export class UseRecorder {
  readonly #store: ApiKeyStore;
  readonly #logger: LoggerService;
  readonly #metrics: KeyMetrics;
  readonly #resolution: number;
  readonly #recordIp: boolean;
  readonly #excludePlugins: ReadonlySet<string>;

  #buffer = new Map<string, KeyUses>();
  #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #flushedAt = 0;

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

  record(keyId: string, use: ApiKeyUse, at: number): void {
    if (this.#excludePlugins.has(use.plugin)) return;
    this.#add({
      keyId,
      count: 1,
      daily: [{ day: startOfDay(at), plugin: use.plugin, count: 1 }],
      lastUsedAt: at,
      lastUsedIp: this.#recordIp ? plainIp(use.ip) : undefined,
      lastUsedUserAgent: use.userAgent?.slice(0, USER_AGENT_MAX_LENGTH),
    });
    this.#schedule();
  }

  /** Writes what is there. Uses that could not be written are kept for the next time. */
  async flush(): Promise<void> {
    this.#flushing = this.#flushing.then(() => this.#write());
    return this.#flushing;
  }

  /** Writes the last uses when the backend stops. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await this.flush();
  }

  #add(uses: KeyUses) {
    const known = this.#buffer.get(uses.keyId);
    if (!known) {
      this.#buffer.set(uses.keyId, uses);
      return;
    }
    const latest = uses.lastUsedAt >= known.lastUsedAt ? uses : known;
    this.#buffer.set(uses.keyId, {
      ...latest,
      count: known.count + uses.count,
      daily: merge(known.daily, uses.daily),
    });
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
    } catch (error) {
      this.#metrics.flushFailed();
      this.#logger.warn(
        `Could not write the last uses of ${batch.size} API keys, trying again`,
        error instanceof Error ? error : undefined,
      );
      for (const uses of batch.values()) this.#add(uses);
      this.#schedule();
    }
  }
}

function merge(
  known: readonly DailyUses[],
  added: readonly DailyUses[],
): readonly DailyUses[] {
  return added.reduce(
    (merged, { day, plugin, count }) => {
      const same = merged.findIndex(
        one => one.day === day && one.plugin === plugin,
      );
      return same < 0
        ? [...merged, { day, plugin, count }]
        : merged.with(same, { day, plugin, count: merged[same].count + count });
    },
    [...known],
  );
}

/** `::ffff:10.0.0.7` is 10.0.0.7 to everybody but the socket. */
export function plainIp(ip: string | undefined): string | undefined {
  return ip?.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '');
}
