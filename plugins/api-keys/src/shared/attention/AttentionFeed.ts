import {
  API_KEY_ACCEPTED_STATUSES,
  API_KEY_PAGE_SIZE_MAX,
  ApiKeysApi,
} from 'backstage-plugin-api-keys-common';
import { toError } from '../data/errors';
import { endingSoon, KeyEnd } from './attention';

/** Polling interval. Keys end within days, so minutes are enough. */
const INTERVAL = 3 * 60 * 1000;

/** Maximum age of a result to reuse, since sidebar entries mount and unmount often. */
const FRESH = 60 * 1000;

/** Debounce of signals, which come in bursts and to each icon. */
const PAUSE = 500;

type Listener = () => void;

/**
 * Shared feed of the user's keys that end soon. The sidebar shows its icon several times on every page, and the feed
 * polls once for all of them.
 */
export class AttentionFeed {
  /** `undefined` until loaded. */
  current: KeyEnd[] | undefined;
  /** Error of the last attempt. `current` keeps its value after an error. */
  error: Error | undefined;

  readonly #listeners = new Set<Listener>();
  readonly #api: ApiKeysApi;
  readonly #mayAsk: () => Promise<boolean>;
  #askedAt = -Infinity;
  #turn = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;

  /** @param mayAsk - resolves to true if a user is signed in */
  constructor(api: ApiKeysApi, mayAsk: () => Promise<boolean>) {
    this.#api = api;
    this.#mayAsk = mayAsk;
  }

  /** @returns a function that unsubscribes */
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

  /** Schedules a refresh after a key has changed. */
  refresh(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#ask();
    }, PAUSE);
  }

  /** Refreshes at once. Resolves when done, even after an error. */
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
      // One page is enough, since it is ordered by expiry.
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
