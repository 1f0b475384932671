import { enforceInRequest } from '../restrictions/enforceInRequest';
import { ApiKeyRefusedError } from '../errors';
import { currentRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { AuthenticatedKey } from '../runtime/ApiKeyGate';
import { isRestricted } from 'backstage-plugin-api-keys-common';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';
import { ExchangeClient } from './exchange';
import { acceptedKey } from '../verification/acceptedKey';

/** Turns the secret of a key that is good, here and now, into a user token of its subject. */
export class SecretAuthenticator {
  readonly #pluginId: string;
  readonly #runtime: ApiKeyRuntime;
  readonly #exchangeClient: ExchangeClient;

  constructor(options: {
    pluginId: string;
    runtime: ApiKeyRuntime;
    exchangeClient: ExchangeClient;
  }) {
    this.#pluginId = options.pluginId;
    this.#runtime = options.runtime;
    this.#exchangeClient = options.exchangeClient;
  }

  /** See {@link ApiKeyGate.authenticate}. */
  async authenticate(secret: string): Promise<AuthenticatedKey> {
    try {
      return await this.#authenticate(secret);
    } catch (error) {
      if (error instanceof ApiKeyRefusedError) {
        await this.#runtime.limits.countFailure(currentRequestUse()?.ip);
      }
      throw error;
    }
  }

  async #authenticate(secret: string): Promise<AuthenticatedKey> {
    if (this.#pluginId === 'auth') {
      // Its routes make other credentials of the caller's, which would outlive the key.
      throw new ApiKeyRefusedError(
        'API keys are not accepted by the auth plugin',
      );
    }
    const { verifier, userTokens, tokenKeys } = this.#runtime;
    const attempt = this.#describeUse();
    const key = acceptedKey(await verifier.verify(secret, attempt));
    this.#enforceRestrictions(key, attempt);
    await this.#countRequest(key);

    const userToken = await userTokens.get(key, async () => {
      const { token, ownershipEntityRefs } =
        await this.#exchangeClient.exchange(secret);
      const { id, subject } = key;
      tokenKeys.remember(token, { id, subject, ownershipEntityRefs });
      return token;
    });
    await this.#recordUse(key, attempt);
    return { key, userToken };
  }

  /**
   * Accepts a user token of a key that is presented instead of the key: by whoever a plugin has passed it on to. Records the use, but not
   * for the request in which the token took the place of its key.
   *
   * @throws {@link ApiKeyScopeError} from another address than the key may be used from, or in another plugin
   * @throws {@link ApiKeyRateLimitError} for a key that is used too often
   */
  async acceptUserToken(key: VerifiedApiKey): Promise<void> {
    const attempt = this.#describeUse();
    const { ip, plugin } = attempt;
    enforceInRequest(key, attempt, { client: { ip }, plugin }, this.#runtime);
    const request = currentRequestUse();
    if (!request || request.key) return;
    request.restricted = isRestricted(key);
    await this.#countRequest(key);
    await this.#recordUse(key, attempt);
  }

  async #countRequest(key: VerifiedApiKey) {
    const { limits } = this.#runtime;
    const request = currentRequestUse();
    if (!limits.holdKeys || request?.recorded) return;
    const quota = await limits.countRequest(key);
    if (request) request.quota = quota;
  }

  async #recordUse(key: VerifiedApiKey, attempt: ApiKeyUse) {
    const request = currentRequestUse();
    if (request?.recorded) return;
    if (request) request.recorded = true;
    acceptedKey(await this.#runtime.verifier.use(key, attempt));
  }

  #enforceRestrictions(key: VerifiedApiKey, attempt: ApiKeyUse) {
    const request = currentRequestUse();
    const requiredScopes = request?.demandedScopes;
    if (request) request.restricted = !requiredScopes && isRestricted(key);
    // What a key does with itself, it needs not be made for.
    const isForPlugin = !request?.isAboutItself && !requiredScopes;
    enforceInRequest(
      key,
      attempt,
      {
        client: { ip: attempt.ip },
        ...(isForPlugin && { plugin: attempt.plugin }),
        requiredScopes,
      },
      this.#runtime,
    );
  }

  #describeUse(): ApiKeyUse {
    const request = currentRequestUse();
    return {
      plugin: this.#pluginId,
      ip: request?.ip,
      userAgent: request?.userAgent,
    };
  }
}
