import { LoggerService } from '@backstage/backend-plugin-api';

/**
 * Logs a failure that repeats once, until the work succeeds again.
 *
 * @public
 */
export class FailureLog {
  readonly #logger: LoggerService;
  #isFailing = false;

  constructor(logger: LoggerService) {
    this.#logger = logger;
  }

  /** True after a failure, until the next success. */
  get isFailing(): boolean {
    return this.#isFailing;
  }

  failed(message: string, error?: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#logger.warn(message, error instanceof Error ? error : undefined);
  }

  /** @param message - logged if this is the first success after a failure */
  succeeded(message?: string): void {
    if (this.#isFailing && message) this.#logger.info(message);
    this.#isFailing = false;
  }
}
