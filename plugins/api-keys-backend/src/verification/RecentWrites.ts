import { LRUCache } from 'lru-cache';
import { KeyUses } from '../database/KeyUses';

/** How long the last use that people see may lag behind before the next one is worth a statement of its own. */
const EARLY_AFTER_MS = 60 * 60 * 1000;

/** A few megabytes. A key that falls out is written early once more than it has to be. */
const KEYS_MAX = 50_000;

/** Tells from when on a use of a key is to be written early: the first one, and the first after an hour without a written one. */
export class RecentWrites {
  readonly #lastUses = new LRUCache<string, number>({ max: KEYS_MAX });
  readonly #lastUseOf: (keyId: string) => number | undefined;

  /** @param lastUseOf - the last use that was read from the database, by any replica; it may be a minute old */
  constructor(lastUseOf: (keyId: string) => number | undefined) {
    this.#lastUseOf = lastUseOf;
  }

  /** @returns milliseconds since 1970 */
  earlyFrom(keyId: string): number {
    const written = this.#lastUses.get(keyId) ?? 0;
    const read = this.#lastUseOf(keyId) ?? 0;
    return Math.max(written, read) + EARLY_AFTER_MS;
  }

  add(uses: Iterable<KeyUses>): void {
    for (const { keyId, lastUsedAt } of uses) {
      this.#lastUses.set(keyId, lastUsedAt);
    }
  }
}
