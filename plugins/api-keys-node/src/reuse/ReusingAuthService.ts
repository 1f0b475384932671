import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { currentRequestUse } from '../request/requestUse';
import { ApiKeyGate, CallForKey } from '../runtime/ApiKeyGate';
import { looksLikeSecret } from '../secret';
import { expiryOf } from './expiryOf';
import { KeptUntil } from './KeptUntil';

type OfKey = { userToken: string; credentials: BackstageCredentials };
type OfCall = { call: CallForKey; credentials: BackstageCredentials };

/**
 * The auth service of one plugin, as its door sees it: the credentials of keys, and of plugins that call for them, are made
 * once for each token. Whether a key is good and may be used for this is judged every time. Nobody else's are kept.
 *
 * One plugin's may not serve another: a token that was made for one plugin would be good for all.
 */
export class ReusingAuthService implements AuthService {
  readonly #secretPrefix: string;
  readonly #inner: AuthService;
  readonly #gate: ApiKeyGate;
  /** By the id of the key. */
  readonly #ofKeys: KeptUntil<OfKey>;
  /** By the token of the calling plugin. */
  readonly #ofCalls: KeptUntil<OfCall>;

  constructor(options: {
    secretPrefix: string;
    inner: AuthService;
    gate: ApiKeyGate;
    max?: number;
  }) {
    this.#secretPrefix = options.secretPrefix;
    this.#inner = options.inner;
    this.#gate = options.gate;
    this.#ofKeys = new KeptUntil({ max: options.max });
    this.#ofCalls = new KeptUntil({ max: options.max });
  }

  /** How many credentials are kept. */
  get size(): number {
    return this.#ofKeys.size + this.#ofCalls.size;
  }

  authenticate(
    token: string,
    options?: { allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials> {
    if (looksLikeSecret(token, this.#secretPrefix)) {
      return this.#authenticateKey(token, options);
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
    await this.#gate.requireCall(call);
    return credentials;
  }

  async #authenticateOther(
    token: string,
    options?: { allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials> {
    const credentials = await this.#inner.authenticate(token, options);
    const call = currentRequestUse()?.call;
    if (call?.token === token) {
      const until = Math.min(expiryOf(token), endOf(credentials));
      const kept = { call, credentials: frozen(credentials) };
      this.#ofCalls.set(token, kept, until);
    }
    return credentials;
  }

  async #authenticateKey(
    secret: string,
    options?: { allowLimitedAccess?: boolean },
  ): Promise<BackstageCredentials> {
    const { key, userToken } = await this.#gate.authenticate(secret);
    // A key gets another user token when its own is about to expire, and when it is transferred.
    const known = this.#ofKeys.get(key.id);
    if (known?.userToken === userToken) return known.credentials;

    const credentials = frozen(await this.#inner.authenticate(secret, options));
    this.#ofKeys.set(key.id, { userToken, credentials }, endOf(credentials));
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

/** Many requests share them, and what one of them wrote there would reach all. */
function frozen(credentials: BackstageCredentials): BackstageCredentials {
  const { actor } = credentials.principal as BackstageUserPrincipal;
  Object.freeze(actor);
  Object.freeze(credentials.principal);
  return Object.freeze(credentials);
}

function endOf({ expiresAt }: BackstageCredentials): number {
  return expiresAt ? expiresAt.getTime() : 0;
}
