import { LRUCache } from 'lru-cache';

/**
 * Caches values, each with its own expiry. Evicts the least recently used entries beyond `max`.
 *
 * The times of `lru-cache` itself are not exact enough for credentials: a TTL of 0 means for ever there, and an entry is still
 * returned in the millisecond in which it expires.
 *
 * @public
 */
export class TtlCache<V extends {}> {
  readonly #entries: LRUCache<string, { value: V; expiresAt: number }>;
  readonly #now: () => number;

  /**
   * @param options - `now` is the clock that entries expire by, in milliseconds: `performance.now` for the age of an answer, which no
   * change of the system time can prolong, `Date.now` for what expires at a date
   */
  constructor(options: { max: number; now: () => number }) {
    this.#entries = new LRUCache({ max: options.max });
    this.#now = options.now;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    if (this.#now() < entry.expiresAt) return entry.value;
    this.#entries.delete(key);
    return undefined;
  }

  /** @param expiresAt - on the clock of this cache; a value that has expired already changes nothing */
  set(key: string, value: V, expiresAt: number): void {
    if (this.#now() < expiresAt) this.#entries.set(key, { value, expiresAt });
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }
}
