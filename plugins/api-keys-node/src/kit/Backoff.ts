/**
 * Computes how long to wait before the next attempt: longer after each failure in a row, up to a maximum.
 *
 * @public
 */
export class Backoff {
  readonly #firstMs: number;
  readonly #factor: number;
  readonly #maxMs: number;

  constructor(options: { firstMs: number; factor?: number; maxMs: number }) {
    this.#firstMs = options.firstMs;
    this.#factor = options.factor ?? 2;
    this.#maxMs = options.maxMs;
  }

  /** @param failures - in a row, from 1 */
  delayMs(failures: number): number {
    const delay = this.#firstMs * this.#factor ** Math.max(0, failures - 1);
    return Math.min(delay, this.#maxMs);
  }
}
