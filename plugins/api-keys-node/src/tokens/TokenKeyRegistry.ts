import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { LRUCache } from 'lru-cache';
import { ApiKeyVerificationUnavailableError } from '../errors';
import {
  requireUserTokenIdentity,
  userTokenIdentity,
} from './userTokenIdentity';

/**
 * The key that a user token was issued for, and what the token stands for. The key may have been transferred since.
 *
 * @public
 */
export type KeyBinding = {
  /** The id of the key. */
  id: string;
  /** Entity ref of the user or group that the token acts as. */
  subject: string;
  /** What the token owns: entity refs. */
  ownershipEntityRefs: string[];
};

/**
 * Stores bindings where every process of the installation finds them.
 *
 * @public
 */
export interface TokenBindingStore {
  /**
   * @param expiresAt - of the token, in milliseconds since 1970
   * @throws Error if the token is bound to another key
   * @throws {@link ApiKeyVerificationUnavailableError} if it could not be stored
   */
  bindToken(
    tokenId: string,
    binding: KeyBinding,
    expiresAt: number,
  ): Promise<void>;

  /**
   * @returns undefined for a token that was issued for no key
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  findTokenBinding(tokenId: string): Promise<KeyBinding | undefined>;
}

/** About 10 MB at the worst. What is evicted is looked up again. */
const MAX_TOKENS = 50_000;

/** A token of a browser session, a plugin's own … : anything but a token that was issued for a key. */
const NO_KEY = Symbol('no API key');

/**
 * Knows which user tokens were issued for which API key.
 *
 * A user token cannot carry the key's id: after one hop it is cut down to subject, issue time and expiry. Its signature tells
 * it apart. A token is bound before it is handed out, so that a token that has no binding
 * anywhere is no key's. This process caches both answers until the token expires, and asks for what it does not know: a
 * token may have been issued by another process or before a restart, and been stored in the meantime.
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

  /** @param store - returns the one to use at the time of each call */
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
   * Binds a user token to a key, for every process. The token must not be used before.
   *
   * @throws Error if the token's signature cannot tell keys apart, or is that of another key's token
   * @throws {@link ApiKeyVerificationUnavailableError} if the binding could not be stored
   */
  async bind(token: string, binding: KeyBinding): Promise<void> {
    const { id, expiresAt } = requireUserTokenIdentity(token);
    await this.#store().bindToken(id, binding, expiresAt);
    this.remember(token, binding);
  }

  /**
   * Caches a binding that another process has stored.
   *
   * @throws Error if the token's signature cannot tell keys apart, or is that of another key's token
   * @throws {@link ApiKeyVerificationUnavailableError} if the key was transferred in the meantime, so that the token acts as
   * somebody else than was expected
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
   * Finds the key that a full or limited user token was issued for.
   *
   * @returns undefined for a token of no key, and for what is no user token
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  async bindingOf(token: string): Promise<KeyBinding | undefined> {
    const identity = userTokenIdentity(token);
    if (!identity) return undefined;
    const { id, expiresAt } = identity;
    const binding =
      this.#bindings.get(id) ??
      (await this.#bindings.fetch(id, { context: expiresAt }));
    // A look-up always has a result, and without one nothing is known of the token.
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

/** At least a millisecond: an entry without a time would stay for ever. */
function timeLeft(expiresAt: number): number {
  return Math.max(1, expiresAt - Date.now());
}
