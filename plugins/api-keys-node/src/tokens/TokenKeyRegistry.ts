import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import { ApiKeyVerificationUnavailableError } from '../verification/errors';
import { KeyBinding, TokenBindingStore } from '../verification/KeyBinding';
import {
  requireUserTokenIdentity,
  userTokenIdentity,
} from './userTokenIdentity';

/** At most about 10 MB. Evicted tokens are looked up again. */
const MAX_TOKENS = 50_000;

/** Marks tokens that were not issued for a key, such as those of sessions and plugins. */
const NO_KEY = Symbol('no API key');

/**
 * Maps user tokens to the API keys that they were issued for.
 *
 * A user token cannot carry the key's id: after one hop it is limited to subject, issue time and expiry. Its signature
 * identifies it. A token is bound before it is used, so a token without a binding belongs to no key. This process caches both
 * results until the token expires, and looks up unknown tokens in the store, since another process, or this one before a
 * restart, may have issued them.
 *
 * @public
 */
export class TokenKeyRegistry {
  readonly #store: () => TokenBindingStore;
  readonly #bindings: LRUCache<string, KeyBinding | typeof NO_KEY, number>;
  readonly #ofCredentials = new WeakMap<
    BackstageCredentials,
    Promise<KeyBinding | undefined>
  >();

  /** @param store - returns the current store, on each call */
  constructor(store: () => TokenBindingStore) {
    this.#store = store;
    this.#bindings = new LRUCache({
      max: MAX_TOKENS,
      ttl: 1, // each entry has its own
      ignoreFetchAbort: true,
      fetchMethod: async (id, _, { context: expiresAt, options }) => {
        const binding = await this.#store().findTokenBinding(id);
        options.ttl = timeLeft(expiresAt);
        return binding ?? NO_KEY;
      },
    });
  }

  /**
   * Binds a user token to a key, for every process. The token must not be used before it is bound.
   *
   * @throws Error if the token's signature may not be unique, or belongs to another key's token
   * @throws {@link ApiKeyVerificationUnavailableError} if the binding could not be stored
   */
  async bind(token: string, binding: KeyBinding): Promise<void> {
    const { id, expiresAt } = requireUserTokenIdentity(token);
    await this.#store().bindToken(id, binding, expiresAt);
    this.remember(token, binding);
  }

  /**
   * Caches a binding that another process has already stored.
   *
   * @throws Error if the token's signature may not be unique, or belongs to another key's token
   * @throws {@link ApiKeyVerificationUnavailableError} if the key was transferred in the meantime, so that the token acts as an
   * unexpected subject
   */
  remember(token: string, binding: KeyBinding): void {
    const { id, expiresAt } = requireUserTokenIdentity(token);
    const known = this.#bindings.peek(id);
    if (known && known !== NO_KEY) {
      if (known.id !== binding.id) {
        throw new Error('Two user tokens of different keys have one signature');
      }
      if (known.subject !== binding.subject) {
        throw new ApiKeyVerificationUnavailableError();
      }
    }
    this.#bindings.set(id, binding, { ttl: timeLeft(expiresAt) });
  }

  /**
   * Returns the key that a full or limited user token was issued for.
   *
   * @returns undefined for a user token without a key, and for any other text
   * @throws {@link ApiKeyVerificationUnavailableError} if the binding cannot be looked up right now
   */
  async bindingOf(token: string): Promise<KeyBinding | undefined> {
    const identity = userTokenIdentity(token);
    if (!identity) return undefined;
    const { id, expiresAt } = identity;
    const binding =
      this.#bindings.get(id) ??
      (await this.#bindings.fetch(id, { context: expiresAt }));
    // The fetch always returns a result; without one, the key of the token is unknown.
    if (!binding) throw new ApiKeyVerificationUnavailableError();
    return binding === NO_KEY ? undefined : binding;
  }

  /** {@link TokenKeyRegistry.bindingOf} for the token within credentials. */
  async bindingOfCredentials(
    credentials: BackstageCredentials,
    auth: AuthService,
  ): Promise<KeyBinding | undefined> {
    if (!auth.isPrincipal(credentials, 'user')) return undefined;
    const known = this.#ofCredentials.get(credentials);
    if (known) return known;
    const found = auth
      .getLimitedUserToken(credentials)
      .then(({ token }) => this.bindingOf(token));
    this.#ofCredentials.set(credentials, found);
    found.catch(() => this.#ofCredentials.delete(credentials));
    return found;
  }
}

/** At least a millisecond, since an entry with a TTL of 0 would never expire. */
function timeLeft(expiresAt: number): number {
  return Math.max(1, expiresAt - Date.now());
}
