import { LRUCache } from 'lru-cache';

/** For each plugin. What is pushed out is made anew, so that the bound costs time and nothing else. */
const MAX_KEPT = 5000;

/** Keeps what is good until a certain time, and no more of it than the bound: what was not needed for longest goes first. */
export class KeptUntil<T extends {}> {
  readonly #entries: LRUCache<string, { value: T; until: number }>;

  constructor({ max = MAX_KEPT }: { max?: number } = {}) {
    this.#entries = new LRUCache({ max });
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): T | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (Date.now() < entry.until) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** @param until - in milliseconds since the epoch */
  set(key: string, value: T, until: number): void {
    if (Date.now() < until) this.#entries.set(key, { value, until });
  }
}
