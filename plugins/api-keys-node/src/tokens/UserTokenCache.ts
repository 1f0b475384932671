import { TtlCache } from '../kit/TtlCache';
import { VerifiedApiKey } from '../verification/types';
import { expiryOf } from './expiryOf';

/** About 50 MB at the worst. For a key that is evicted, a token is exchanged again. */
const MAX_KEYS = 50_000;

/** A token is not used in its last minute, so that it does not expire on its way through the backend. */
const MARGIN_MS = 60_000;

type Entry = { subject: string; token: Promise<string> };

/**
 * Caches the Backstage user token of each key until a minute before it expires. One exchange at a time is made for a key. A key
 * that was transferred acts as another subject and never gets its old token.
 *
 * @public
 */
export class UserTokenCache {
  readonly #entries: TtlCache<Entry>;

  constructor({ max = MAX_KEYS }: { max?: number } = {}) {
    this.#entries = new TtlCache({ max, now: () => Date.now() });
  }

  /** @param exchange - gets a new token; called by one of several concurrent callers */
  async get(
    { id, subject }: Pick<VerifiedApiKey, 'id' | 'subject'>,
    exchange: () => Promise<string>,
  ): Promise<string> {
    const known = this.#entries.get(id);
    if (known?.subject === subject) return known.token;

    const entry: Entry = { subject, token: exchange() };
    this.#entries.set(id, entry, Infinity);
    const isLatest = () => this.#entries.get(id) === entry;
    try {
      const token = await entry.token;
      if (isLatest()) {
        this.#entries.delete(id);
        this.#entries.set(id, entry, expiryOf(token) - MARGIN_MS);
      }
      return token;
    } catch (error) {
      if (isLatest()) this.#entries.delete(id);
      throw error;
    }
  }
}
