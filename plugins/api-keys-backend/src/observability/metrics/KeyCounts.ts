import { LoggerService } from '@backstage/backend-plugin-api';

import { KeyStore } from '../../database/KeyStore';
import { KeySummary } from '../../database/queries';

/** Counting a million keys takes the database a quarter of a second, and each replica counts for itself. */
const COUNT_EVERY_MS = 5 * 60_000;

/** Numbers of all keys, at most five minutes old. Keys are counted only on demand. */
export class KeyCounts {
  readonly #keys: Pick<KeyStore, 'summarize'>;
  readonly #logger: LoggerService;
  #counts: Promise<KeySummary | undefined> | undefined;
  #countedAt = 0;

  constructor(options: {
    keys: Pick<KeyStore, 'summarize'>;
    logger: LoggerService;
  }) {
    this.#keys = options.keys;
    this.#logger = options.logger;
  }

  /** Returns undefined if the keys could not be counted, until the next attempt is due. */
  get(): Promise<KeySummary | undefined> {
    const now = Date.now();
    if (!this.#counts || now >= this.#countedAt + COUNT_EVERY_MS) {
      this.#countedAt = now;
      this.#counts = this.#count(now);
    }
    return this.#counts;
  }

  async #count(now: number): Promise<KeySummary | undefined> {
    try {
      return await this.#keys.summarize({ owners: 'everybody' }, now);
    } catch (error) {
      this.#logger.warn(
        'Could not count API keys for the metrics',
        error instanceof Error ? error : undefined,
      );
      return undefined;
    }
  }
}
