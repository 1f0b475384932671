import { decodeJwt } from 'jose';
import { VerifiedApiKey } from '../verification/types';

/** A token is not used in its last minute, so that it does not expire on its way through the backend. */
const MARGIN_MS = 60_000;

type Entry = { subject: string; token: Promise<string>; usableUntil: number };

/**
 * Keeps the Backstage user token of each key for as long as it can be used, and gets one at a time for a key. A key that was
 * transferred acts as somebody else, so that the token it had is of no use any more.
 *
 * @public
 */
export class UserTokens {
  readonly #entries = new Map<string, Entry>();
  #nextSweep = 0;

  /** @param exchange - gets a new token; called by one of several concurrent callers */
  get(
    key: Pick<VerifiedApiKey, 'id' | 'subject'>,
    exchange: () => Promise<string>,
  ): Promise<string> {
    const known = this.#entries.get(key.id);
    const isUsable =
      known?.subject === key.subject && Date.now() < known.usableUntil;
    return isUsable ? known.token : this.#getNew(key, exchange);
  }

  async #getNew(
    { id, subject }: Pick<VerifiedApiKey, 'id' | 'subject'>,
    exchange: () => Promise<string>,
  ): Promise<string> {
    const entry: Entry = { subject, token: exchange(), usableUntil: Infinity };
    this.#sweep();
    this.#entries.set(id, entry);
    try {
      const token = await entry.token;
      entry.usableUntil = (decodeJwt(token).exp ?? 0) * 1000 - MARGIN_MS;
      return token;
    } catch (error) {
      if (this.#entries.get(id) === entry) this.#entries.delete(id);
      throw error;
    }
  }

  /** Drops what can no longer be used, at most once a minute. */
  #sweep() {
    const now = Date.now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + 60_000;
    for (const [id, { usableUntil }] of this.#entries) {
      if (usableUntil <= now) this.#entries.delete(id);
    }
  }
}
