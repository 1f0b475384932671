import { SingleFlight } from 'backstage-plugin-api-keys-node';
import { LRUCache } from 'lru-cache';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyListener } from '../database/KeyListener';
import { VerificationRecord } from '../lifecycle/ApiKeyRecord';
import { ownerDenialOf } from '../lifecycle/ownerDenial';
import { isAccepted } from '../lifecycle/status';

/** About 100 MB at the worst. Beyond that, the keys that were not used for longest are read once more. */
const KEYS_MAX = 50_000;

/** What is changed in the database by hand is seen after that at the latest. */
const LOOK_AGAIN_AFTER = 60_000;

type Entry = { key: VerificationRecord; digest?: string; readAt: number };

/**
 * Keys that were read from the database and are accepted, by id and by digest, for as long as it is known that nobody has changed
 * them since.
 *
 * Whoever changes keys in this process tells at once, before the change is answered. What other replicas change is told by
 * {@link ChangePoller}; if that has not heard from the database for `maxStaleness`, nothing here is used.
 *
 * Only accepted keys are kept, so that nobody without one takes up room: unknown and dead keys cost one look each.
 */
export class CachedKeys implements KeyListener {
  readonly #store: ApiKeyStore;
  readonly #maxStaleness: number;
  readonly #entries: LRUCache<string, Entry>;
  readonly #idsByDigest = new Map<string, string>();
  readonly #idsByOwner = new Map<string, Set<string>>();
  readonly #lookups: SingleFlight<VerificationRecord | undefined>;
  #usableUntil = -Infinity;

  /** @param options - `maxStaleness` is in milliseconds; nothing is kept with 0 */
  constructor(options: {
    store: ApiKeyStore;
    maxStaleness: number;
    max?: number;
  }) {
    this.#store = options.store;
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

  /** For how many milliseconds from now on, at the most, what is kept may be used. */
  get usableFor(): number {
    return Math.max(0, this.#usableUntil - performance.now());
  }

  /** A key that needs not be looked up; undefined for one that has to be, whatever comes of it. */
  peek(digest: string): VerificationRecord | undefined {
    const id = this.#idsByDigest.get(digest);
    return id === undefined ? undefined : this.peekById(id);
  }

  peekById(id: string): VerificationRecord | undefined {
    const entry = this.#entries.get(id);
    if (!entry) return undefined;
    const now = performance.now();
    const isUsable =
      now <= this.#usableUntil && now - entry.readAt < LOOK_AGAIN_AFTER;
    return isUsable ? entry.key : undefined;
  }

  /** @param digests - of one secret; the first stands for it */
  async findByDigest(
    digests: readonly string[],
  ): Promise<VerificationRecord | undefined> {
    const [digest] = digests;
    return this.#look(`secret ${digest}`, digest, () =>
      this.#store.findForVerification(digests),
    );
  }

  async findById(id: string): Promise<VerificationRecord | undefined> {
    return this.#look(`id ${id}`, undefined, () => this.#store.findById(id));
  }

  ownersChanged(owners: readonly string[] | 'everybody'): void {
    if (owners === 'everybody') this.#entries.clear();
    else if (owners.length === 0) return;
    else owners.forEach(owner => this.#forget(owner));
    // Whoever asks from now on must not be told what was read before, nor must that be kept.
    this.#lookups.forget();
  }

  /** @param at - when the database was asked for changes, all of which have been told; by `performance.now()` */
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
