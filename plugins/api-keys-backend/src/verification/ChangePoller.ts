import { LoggerService } from '@backstage/backend-plugin-api';
import { FailureLog, withTimeout } from 'backstage-plugin-api-keys-node';
import { ApiKeyStore, ChangeMark } from '../database/ApiKeyStore';
import { CachedKeys } from './CachedKeys';

/** So that one late answer does not take the cache out of use. */
const LOOKS_PER_STALENESS = 4;

/** An answer that takes longer is of no use any more, and another connection may be quicker. */
const LOOKUP_TIMEOUT_MS = 4000;

/** Tells the cache what other replicas change, by asking the database several times in each `maxStaleness`. */
export class ChangePoller {
  readonly #store: ApiKeyStore;
  readonly #cache: CachedKeys;
  readonly #failures: FailureLog;
  readonly #interval: number;
  #mark: ChangeMark | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param options - `maxStaleness` is in milliseconds */
  constructor(options: {
    store: ApiKeyStore;
    cache: CachedKeys;
    logger: LoggerService;
    maxStaleness: number;
  }) {
    this.#store = options.store;
    this.#cache = options.cache;
    this.#failures = new FailureLog(options.logger);
    this.#interval = options.maxStaleness / LOOKS_PER_STALENESS;
  }

  /** Looks for the first time, and then goes on until it is stopped. */
  async start(): Promise<void> {
    const startedAt = performance.now();
    await this.#look(startedAt);
    if (this.#isStopped) return;
    const wait = startedAt + this.#interval - performance.now();
    this.#timer = setTimeout(() => void this.start(), Math.max(0, wait));
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  /** Whatever is committed before the database is asked, is told. */
  async #look(askedAt: number) {
    try {
      const { owners, mark } = await withTimeout(
        this.#store.changesSince(this.#mark),
        LOOKUP_TIMEOUT_MS,
      );
      this.#cache.ownersChanged(owners);
      this.#cache.refreshed(askedAt);
      this.#mark = mark;
      this.#failures.succeeded('API keys are cached again');
    } catch (error) {
      this.#failures.failed(
        'Could not ask the database which API keys changed: until it answers, every key is looked up',
        error,
      );
    }
  }
}
