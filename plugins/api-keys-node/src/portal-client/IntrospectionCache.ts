import { SingleFlight } from '../kit/SingleFlight';
import { TtlCache } from '../kit/TtlCache';
import { PortalAnswer } from './types';

/**
 * Caches the portal's answers for `maxStaleness` from when they were asked for, and never beyond the expiry of the key. Failures are
 * not cached.
 */
export class IntrospectionCache {
  readonly #maxStaleness: number;
  /** Apart from the others, so that attempts with secrets that do not exist evict no key that does. */
  readonly #active: TtlCache<PortalAnswer>;
  readonly #inactive: TtlCache<PortalAnswer>;
  readonly #flight: SingleFlight<PortalAnswer>;

  /** @param options - `maxStaleness` is in milliseconds, `maxEntries` of each kind of answer */
  constructor(options: { maxStaleness: number; maxEntries: number }) {
    const { maxStaleness, maxEntries: max } = options;
    const now = () => performance.now();
    this.#maxStaleness = maxStaleness;
    this.#active = new TtlCache({ max, now });
    this.#inactive = new TtlCache({ max, now });
    this.#flight = new SingleFlight({ maxAgeMs: maxStaleness });
  }

  /** @param ask - called by one of several concurrent callers */
  async get(
    key: string,
    ask: () => Promise<PortalAnswer>,
  ): Promise<PortalAnswer> {
    return (
      this.#active.get(key) ??
      this.#inactive.get(key) ??
      this.#flight.run(key, ask, ({ value, startedAt }) =>
        this.#set(key, value, startedAt),
      )
    );
  }

  #set(key: string, answer: PortalAnswer, askedAt: number) {
    const now = performance.now();
    const expiresAt = Math.min(
      askedAt + this.#maxStaleness,
      now + lifetimeOf(answer),
    );
    // The answer to a newer question may be there already.
    if (expiresAt <= now) return;
    const [cache, other] = answer.active
      ? [this.#active, this.#inactive]
      : [this.#inactive, this.#active];
    other.delete(key);
    cache.set(key, answer, expiresAt);
  }
}

/** Milliseconds from now until the key expires. */
function lifetimeOf(answer: PortalAnswer): number {
  if (!answer.active || !answer.key.expiresAt) return Infinity;
  return answer.key.expiresAt.getTime() - Date.now();
}
