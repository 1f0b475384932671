import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { getRequestContext } from '../authenticator/RequestContext';
import { DelegatedCall } from '../authenticator/types';
import { ApiKeyAuthenticator } from '../authenticator/ApiKeyAuthenticator';
import { TtlCache } from '../kit/TtlCache';
import { expiryOf } from '../tokens/expiryOf';
import { TokenKeyRegistry } from '../tokens/TokenKeyRegistry';

/** For each kind. Evicted credentials are authenticated again, so the limit only costs time. */
const MAX_CREDENTIALS = 5000;

type OfKey = { userToken: string; credentials: BackstageCredentials };
type OfCall = { call: DelegatedCall; credentials: BackstageCredentials };

/**
 * Auth service for the HTTP authentication of one plugin. Caches the credentials of keys, and of plugins that call on their
 * behalf, by token. Never caches the authorization decision or any other credentials.
 *
 * Plugins must not share a cache: a token for one plugin would be accepted by all.
 */
export class CachingAuthService implements AuthService {
  readonly #inner: AuthService;
  readonly #authenticator: ApiKeyAuthenticator;
  readonly #tokenKeys: TokenKeyRegistry;
  /** By the id of the key. */
  readonly #ofKeys: TtlCache<OfKey>;
  /** By the token of the calling plugin. */
  readonly #ofCalls: TtlCache<OfCall>;

  constructor(options: {
    inner: AuthService;
    authenticator: ApiKeyAuthenticator;
    tokenKeys: TokenKeyRegistry;
    max?: number;
  }) {
    this.#inner = options.inner;
    this.#authenticator = options.authenticator;
    this.#tokenKeys = options.tokenKeys;
    const { max = MAX_CREDENTIALS } = options;
    const now = () => Date.now();
    this.#ofKeys = new TtlCache({ max, now });
    this.#ofCalls = new TtlCache({ max, now });
  }

  /** Number of cached credentials. */
  get size(): number {
    return this.#ofKeys.size + this.#ofCalls.size;
  }

  authenticate(
    token: string,
    options?: { allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials> {
    const authentication = getRequestContext()?.authentication;
    if (authentication?.source === 'secret' && authentication.token === token) {
      return this.#authenticateKey(authentication.key.id, token, options);
    }
    const known = this.#ofCalls.get(token);
    return known
      ? this.#authenticateCall(known)
      : this.#authenticateOther(token, options);
  }

  async #authenticateCall({
    call,
    credentials,
  }: OfCall): Promise<BackstageCredentials> {
    await this.#authenticator.authenticateCall(call, getRequestContext());
    return credentials;
  }

  async #authenticateOther(
    token: string,
    options?: { allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials> {
    const credentials = await this.#inner.authenticate(token, options);
    const authentication = getRequestContext()?.authentication;
    if (authentication?.source === 'call' && authentication.token === token) {
      const { call } = authentication;
      const until = Math.min(expiryOf(token), endOf(credentials));
      named(credentials, call.binding.id);
      const kept = { call, credentials: frozen(credentials) };
      this.#ofCalls.set(token, kept, until);
      return credentials;
    }
    const binding = await this.#tokenKeys.bindingOf(token);
    return binding ? named(credentials, binding.id) : credentials;
  }

  /** The request was authenticated before, when its key was replaced with the user token. */
  async #authenticateKey(
    keyId: string,
    userToken: string,
    options?: { allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials> {
    // A key gets a new user token when the old one is about to expire, and after a transfer.
    const known = this.#ofKeys.get(keyId);
    if (known?.userToken === userToken) return known.credentials;

    const credentials = await this.#inner.authenticate(userToken, options);
    frozen(named(credentials, keyId));
    this.#ofKeys.set(keyId, { userToken, credentials }, endOf(credentials));
    return credentials;
  }

  isPrincipal: AuthService['isPrincipal'] = (credentials, type) =>
    this.#inner.isPrincipal(credentials, type);

  getNoneCredentials: AuthService['getNoneCredentials'] = () =>
    this.#inner.getNoneCredentials();

  getOwnServiceCredentials: AuthService['getOwnServiceCredentials'] = () =>
    this.#inner.getOwnServiceCredentials();

  getPluginRequestToken: AuthService['getPluginRequestToken'] = options =>
    this.#inner.getPluginRequestToken(options);

  getLimitedUserToken: AuthService['getLimitedUserToken'] = credentials =>
    this.#inner.getLimitedUserToken(credentials);

  listPublicServiceKeys: AuthService['listPublicServiceKeys'] = () =>
    this.#inner.listPublicServiceKeys();
}

/**
 * Makes credentials print as those of a key. Plugins use this text as a cache key for the data that a caller may see, which can
 * differ between a key and its subject.
 */
function named(
  credentials: BackstageCredentials,
  keyId: string,
): BackstageCredentials {
  const principal = credentials.principal as BackstageUserPrincipal;
  const actor = principal.actor ? `,actor={${principal.actor}}` : '';
  const text = `userPrincipal{${principal.userEntityRef}${actor},apiKey=${keyId}}`;
  printAs(principal, text);
  printAs(credentials, `backstageCredentials{${text}}`);
  return credentials;
}

function printAs(target: object, text: string) {
  Object.defineProperty(target, 'toString', {
    value: () => text,
    enumerable: false,
    configurable: true,
  });
}

/** Freezes credentials, since many requests share them and would see each other's changes. */
function frozen(credentials: BackstageCredentials): BackstageCredentials {
  const { actor } = credentials.principal as BackstageUserPrincipal;
  Object.freeze(actor);
  Object.freeze(credentials.principal);
  return Object.freeze(credentials);
}

function endOf({ expiresAt }: BackstageCredentials): number {
  return expiresAt ? expiresAt.getTime() : 0;
}
