import {
  API_KEY_ACCEPTED_STATUSES,
  API_KEY_PAGE_SIZE_MAX,
  ApiKeysApi,
} from 'backstage-plugin-api-keys-common';
import { toError } from '../data/errors';
import { endingSoon, KeyEnd } from './attention';

/** How often the portal looks, in milliseconds. Keys end in days. */
const INTERVAL = 3 * 60 * 1000;

/** Answers that are younger are taken as they are, in milliseconds: entries of the sidebar come and go. */
const FRESH = 60 * 1000;

/** News come in bursts, and to each icon, in milliseconds. */
const PAUSE = 500;

type Listener = () => void;

/**
 * The user's keys that end soon, looked up once for all who show them: the sidebar is on every page, and its icon is
 * there several times.
 */
export class AttentionFeed {
  /** `undefined` as long as nobody knows. */
  current: KeyEnd[] | undefined;
  /** Why nobody knows. What is known stays as it was when the next look fails. */
  error: Error | undefined;

  readonly #listeners = new Set<Listener>();
  readonly #api: ApiKeysApi;
  readonly #mayAsk: () => Promise<boolean>;
  #askedAt = -Infinity;
  #turn = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** @param mayAsk - whether somebody is signed in */
  constructor(api: ApiKeysApi, mayAsk: () => Promise<boolean>) {
    this.#api = api;
    this.#mayAsk = mayAsk;
  }

  /** @returns a function that ends it */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    if (!this.#timer) {
      this.#timer = setInterval(this.#askIfVisible, INTERVAL);
      window.addEventListener('focus', this.#askIfVisible);
    }
    this.#askIfVisible();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      window.removeEventListener('focus', this.#askIfVisible);
    };
  }

  /** Looks in a moment, since a key has just changed. */
  refresh(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#ask();
    }, PAUSE);
  }

  /** Looks at once. The promise ends with it, also if it fails. */
  retry(): Promise<void> {
    return this.#ask();
  }

  readonly #askIfVisible = () => {
    const fresh = Date.now() - this.#askedAt < FRESH;
    if (document.visibilityState === 'visible' && !fresh) this.#ask();
  };

  async #ask(): Promise<void> {
    const mine = ++this.#turn;
    this.#askedAt = Date.now();
    try {
      if (!(await this.#mayAsk())) return;
      // One page is enough for a reminder: the keys that expire first are on it.
      const { items } = await this.#api.listKeys({
        status: [...API_KEY_ACCEPTED_STATUSES],
        orderBy: 'expiresAt:asc',
        limit: API_KEY_PAGE_SIZE_MAX,
      });
      if (mine !== this.#turn) return;
      this.current = endingSoon(items);
      this.error = undefined;
    } catch (thrown) {
      if (mine !== this.#turn || this.current) return;
      this.error = toError(thrown);
    }
    this.#listeners.forEach(listener => listener());
  }
}
