import { SingleFlight } from 'backstage-plugin-api-keys-node/internal';
import { LRUCache } from 'lru-cache';
import { Stores } from '../database/stores';
import { KeyListener } from '../lifecycle/KeyListener';
import { VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { ownerDenialOf } from '../lifecycle/ownerDenial';
import { isAccepted } from '../lifecycle/status';

/** About 100 MB at most. Beyond that, the least recently used keys are read again. */
const KEYS_MAX = 50_000;

/** Longest time until a manual change in the database takes effect. */
const MAX_ENTRY_AGE_MS = 60_000;

type Entry = { key: VerificationRecord; digest?: string; readAt: number };

/**
 * Cache of accepted keys that were read from the database, by id and by digest, for as long as they are known to be unchanged.
 *
 * Changes in this process invalidate entries before the change is answered. {@link ChangePoller} reports changes by other
 * replicas; if it has had no answer from the database for `maxStaleness`, the cache is not used.
 *
 * Only accepted keys are cached, so that requests without a valid key take up no room: each unknown or ended key costs one
 * lookup.
 */
export class CachedKeys implements KeyListener {
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #maxStaleness: number;
  readonly #entries: LRUCache<string, Entry>;
  readonly #idsByDigest = new Map<string, string>();
  readonly #idsByOwner = new Map<string, Set<string>>();
  readonly #lookups: SingleFlight<VerificationRecord | undefined>;
  #usableUntil = -Infinity;

  /** @param options - `maxStaleness` is in milliseconds; 0 turns the cache off */
  constructor(options: {
    stores: Pick<Stores, 'keys'>;
    maxStaleness: number;
    max?: number;
  }) {
    this.#stores = options.stores;
    this.#maxStaleness = options.maxStaleness;
    this.#lookups = new SingleFlight({ maxAgeMs: options.maxStaleness });
    this.#entries = new LRUCache({
      max: options.max ?? KEYS_MAX,
      dispose: entry => this.#unlink(entry),
    });
  }

  get size(): number {
    return this.#entries.size;
  }

  /** Longest time that cached keys may be used from now on, in milliseconds. */
  get usableFor(): number {
    return Math.max(0, this.#usableUntil - performance.now());
  }

  /** Returns a cached key, or undefined if it must be looked up. */
  peek(digest: string): VerificationRecord | undefined {
    const id = this.#idsByDigest.get(digest);
    return id === undefined ? undefined : this.peekById(id);
  }

  peekById(id: string): VerificationRecord | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const now = performance.now();
    const isUsable =
      now <= this.#usableUntil && now - entry.readAt < MAX_ENTRY_AGE_MS;
    return isUsable ? entry.key : undefined;
  }

  /** @param digests - of one secret; the first identifies it */
  async findByDigest(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined> {
    const [digest] = digests;
    return this.#look(`secret ${digest}`, digest, () =>
      this.#stores.keys.findForVerification(digests),
    );
  }

  async findById(id: string): Promise<VerificationRecord | undefined> {
    return this.#look(`id ${id}`, undefined, () =>
      this.#stores.keys.findById(id),
    );
  }

  ownersChanged(owners: readonly string[] | 'everybody'): void {
    if (owners === 'everybody') this.#entries.clear();
    else if (owners.length === 0) return;
    else owners.forEach(owner => this.#forget(owner));
    // Lookups from now on must not share a result that was read before the change, and such a result must not be cached.
    this.#lookups.forget();
  }

  /** @param at - when the database was asked for changes, all of which have been reported; by `performance.now()` */
  refreshed(at: number): void {
    this.#usableUntil = at + this.#maxStaleness;
  }

  #forget(owner: string) {
    for (const id of this.#idsByOwner.get(owner) ?? [])
      this.#entries.delete(id);
  }

  async #look(
    what: string,
    digest: string | undefined,
    read: () => Promise<VerificationRecord | undefined>,
  ): Promise<VerificationRecord | undefined> {
    if (this.#maxStaleness === 0) return read();
    return this.#lookups.run(what, read, ({ value, startedAt, isLatest }) => {
      if (!value || !isLatest) return;
      this.#keep({ key: value, digest, readAt: startedAt });
    });
  }

  #keep(entry: Entry) {
    const { id, owner } = entry.key;
    if (!isAcceptedNow(entry.key)) {
      this.#entries.delete(id);
      return;
    }
    const digest = entry.digest ?? this.#entries.peek(id)?.digest;
    this.#entries.set(id, { ...entry, digest });
    if (digest !== undefined) this.#idsByDigest.set(digest, id);
    const ids = this.#idsByOwner.get(owner) ?? new Set();
    this.#idsByOwner.set(owner, ids.add(id));
  }

  #unlink({ key: { id, owner }, digest }: Entry) {
    if (digest !== undefined) this.#idsByDigest.delete(digest);
    const ids = this.#idsByOwner.get(owner);
    ids?.delete(id);
    if (ids?.size === 0) this.#idsByOwner.delete(owner);
  }
}

function isAcceptedNow(key: VerificationRecord): boolean {
  return ownerDenialOf(key) === undefined && isAccepted(key, Date.now());
}
