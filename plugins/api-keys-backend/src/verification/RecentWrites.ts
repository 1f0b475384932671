import { LRUCache } from 'lru-cache';
import { UsageDelta } from '../lifecycle/UsageDelta';

/** A last use that users see may be this old before the next use is written in a statement of its own. */
const EARLY_AFTER_MS = 60 * 60 * 1000;

/** Takes a few megabytes. A key that is evicted gets one unnecessary early write. */
const KEYS_MAX = 50_000;

/** Decides which uses of a key are written early: its first use, and the first one after an hour without a write. */
export class RecentWrites {
  readonly #lastUses = new LRUCache<string, number>({ max: KEYS_MAX });
  readonly #lastUseOf: (keyId: string) => number | undefined;

  /** @param lastUseOf - returns the last use that was read from the database, by any replica; it may be a minute old */
  constructor(lastUseOf: (keyId: string) => number | undefined) {
    this.#lastUseOf = lastUseOf;
  }

  /** @returns the time from which a use is written early, in milliseconds since 1970 */
  earlyFrom(keyId: string): number {
    const written = this.#lastUses.get(keyId) ?? 0;
    const read = this.#lastUseOf(keyId) ?? 0;
    return Math.max(written, read) + EARLY_AFTER_MS;
  }

  add(uses: Iterable<UsageDelta>): void {
    for (const { keyId, lastUsedAt } of uses) {
      this.#lastUses.set(keyId, lastUsedAt);
    }
  }
}
