import { decodeJwt } from 'jose';

/** A token is not used in its last minute, so that it does not expire on its way through the backend. */
const MARGIN_MS = 60_000;

type Entry = { token: Promise<string>; usableUntil: number };

/** Keeps the Backstage user token of each key for as long as it can be used, and gets one at a time for a key. */
export class UserTokens {
  readonly #entries = new Map<string, Entry>();
  #nextSweep = 0;

  /** @param exchange - gets a new token; called by one of several concurrent callers */
  async get(keyId: string, exchange: () => Promise<string>): Promise<string> {
    const known = this.#entries.get(keyId);
    if (known && Date.now() < known.usableUntil) return known.token;

    const entry: Entry = { token: exchange(), usableUntil: Infinity };
    this.#sweep();
    this.#entries.set(keyId, entry);
    try {
      const token = await entry.token;
      entry.usableUntil = (decodeJwt(token).exp ?? 0) * 1000 - MARGIN_MS;
      return token;
    } catch (error) {
      if (this.#entries.get(keyId) === entry) this.#entries.delete(keyId);
      throw error;
    }
  }

  /** Drops what can no longer be used, at most once a minute. */
  #sweep() {
    const now = Date.now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + 60_000;
    for (const [keyId, { usableUntil }] of this.#entries) {
      if (usableUntil <= now) this.#entries.delete(keyId);
    }
  }
}
