import { LoggerService } from '@backstage/backend-plugin-api';
import { UsageStore } from '../database/UsageStore';

/** Adds uses from the pending table to their keys in small steps, alternating with other work in the same queue. */
export class PendingUsageMerger {
  readonly #usage: Pick<UsageStore, 'mergePendingUsage'>;
  readonly #logger: LoggerService;
  readonly #enqueue: (work: () => Promise<void>) => Promise<void>;
  #isMerging = false;
  #mergeAgain = false;
  #isStopped = false;

  constructor(options: {
    usage: Pick<UsageStore, 'mergePendingUsage'>;
    logger: LoggerService;
    enqueue: (work: () => Promise<void>) => Promise<void>;
  }) {
    this.#usage = options.usage;
    this.#logger = options.logger;
    this.#enqueue = options.enqueue;
  }

  /** Merges all pending uses, and starts over once if it is called meanwhile. */
  merge(): void {
    if (this.#isMerging) {
      this.#mergeAgain = true;
      return;
    }
    this.#isMerging = true;
    void this.#enqueue(() => this.#mergeSome());
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #mergeSome(after?: string) {
    if (this.#isStopped) return;
    let next: string | undefined;
    try {
      next = await this.#usage.mergePendingUsage(after);
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
    this.#isMerging = false;
    if (this.#mergeAgain) {
      this.#mergeAgain = false;
      this.merge();
    }
  }
}
