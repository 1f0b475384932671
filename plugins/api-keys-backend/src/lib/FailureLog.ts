import { LoggerService } from '@backstage/backend-plugin-api';

/** Logs that something fails once, until it works again. */
export class FailureLog {
  readonly #logger: LoggerService;
  readonly #texts: { failing: string; recovered?: string };
  #isFailing = false;

  constructor(
    logger: LoggerService,
    texts: { failing: string; recovered?: string },
  ) {
    this.#logger = logger;
    this.#texts = texts;
  }

  failed(error: unknown): void {
    if (this.#isFailing) return;
    this.#isFailing = true;
    this.#logger.warn(`${this.#texts.failing}: ${error}`);
  }

  succeeded(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    if (this.#texts.recovered) this.#logger.info(this.#texts.recovered);
  }
}
