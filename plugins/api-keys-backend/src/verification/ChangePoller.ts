import { LoggerService } from '@backstage/backend-plugin-api';
import {
  FailureLog,
  withTimeout,
} from 'backstage-plugin-api-keys-node/internal';
import { ChangeCursor } from '../database/ownerChanges';
import { Stores } from '../database/stores';
import { CachedKeys } from './CachedKeys';

/** Several polls per `maxStaleness`, so that one late answer does not disable the cache. */
const POLLS_PER_STALENESS = 4;

/** An answer that takes longer comes too late, and another connection may be faster. */
const LOOKUP_TIMEOUT_MS = 4000;

/** Reports changes by other replicas to the cache. Polls the database several times per `maxStaleness`. */
export class ChangePoller {
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #cache: CachedKeys;
  readonly #failures: FailureLog;
  readonly #interval: number;
  #mark: ChangeCursor | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  /** @param options - `maxStaleness` is in milliseconds */
  constructor(options: {
    stores: Pick<Stores, 'keys'>;
    cache: CachedKeys;
    logger: LoggerService;
    maxStaleness: number;
  }) {
    this.#stores = options.stores;
    this.#cache = options.cache;
    this.#failures = new FailureLog(options.logger);
    this.#interval = options.maxStaleness / POLLS_PER_STALENESS;
  }

  /** Polls once, then keeps polling until it is stopped. */
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

  /** Reports all changes that were committed before `askedAt`. */
  async #look(askedAt: number) {
    try {
      const { owners, mark } = await withTimeout(
        this.#stores.keys.changesSince(this.#mark),
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
