import { PluginTokenHandler } from '@backstage/backend-defaults/auth';
import { ApiKeyRefusedError } from '../errors';
import { currentRequestUse } from '../request/requestUse';
import { ApiKeyRuntime } from '../runtime';
import { isWellFormedSecret, looksLikeSecret } from '../secret';
import {
  ApiKeyUse,
  VerificationOutcome,
  VerifiedApiKey,
} from '../verification/types';
import { ExchangeClient } from './exchange';

/**
 * Lets every plugin of the backend authenticate API keys.
 *
 * It stands before Backstage's handler of plugin tokens, which is the first to see a credential, and answers for a key as
 * if a plugin had called on behalf of the key's subject. It names no calling plugin: such an actor would lift guards of
 * the permission backend, and it would not be true.
 */
export class ApiKeyTokenHandler implements PluginTokenHandler {
  readonly #pluginId: string;
  readonly #secretPrefix: string;
  readonly #inner: PluginTokenHandler;
  readonly #runtime: ApiKeyRuntime;
  readonly #exchangeClient: ExchangeClient;

  constructor(options: {
    pluginId: string;
    secretPrefix: string;
    inner: PluginTokenHandler;
    runtime: ApiKeyRuntime;
    exchangeClient: ExchangeClient;
  }) {
    this.#pluginId = options.pluginId;
    this.#secretPrefix = options.secretPrefix;
    this.#inner = options.inner;
    this.#runtime = options.runtime;
    this.#exchangeClient = options.exchangeClient;
  }

  readonly issueToken: PluginTokenHandler['issueToken'] = options =>
    this.#inner.issueToken(options);

  readonly verifyToken: PluginTokenHandler['verifyToken'] = async token => {
    if (looksLikeSecret(token, this.#secretPrefix)) {
      const limitedUserToken = await this.#authenticate(token);
      return { subject: '', limitedUserToken };
    }
    await this.#refuseTokenOfEndedKey(token);
    return this.#inner.verifyToken(token);
  };

  /** Returns a user token of the key's subject. */
  async #authenticate(secret: string): Promise<string> {
    if (this.#pluginId === 'auth') {
      // Its routes make other credentials of the caller's, which would outlive the key.
      throw new ApiKeyRefusedError(
        'API keys are not accepted by the auth plugin',
      );
    }
    if (!isWellFormedSecret(secret)) {
      throw new ApiKeyRefusedError('The API key is mistyped or cut off');
    }
    const attempt = this.#describeUse();
    const outcome = await this.#runtime.verifier.verify(secret, attempt);
    if (!outcome.accepted) throw refusalOf(outcome);

    const { key } = outcome;
    const token = await this.#runtime.userTokens.get(key, async () => {
      const userToken = await this.#exchangeClient.exchange(secret);
      this.#runtime.mintedTokens.register(userToken, key);
      return userToken;
    });
    await this.#use(key, attempt);
    return token;
  }

  async #use(key: VerifiedApiKey, use: ApiKeyUse) {
    const request = currentRequestUse();
    if (request?.recorded) return;
    if (request) request.recorded = true;
    const outcome = await this.#runtime.verifier.use(key, use);
    if (!outcome.accepted) throw refusalOf(outcome);
  }

  #describeUse(): ApiKeyUse {
    const request = currentRequestUse();
    return {
      plugin: this.#pluginId,
      ip: request?.ip,
      userAgent: request?.userAgent,
    };
  }

  /**
   * A user token that was made for a key must not outlive it, should it ever get out of the backend, nor the key's acting as
   * this user.
   */
  async #refuseTokenOfEndedKey(token: string) {
    const minted = this.#runtime.mintedTokens.keyOf(token);
    if (!minted) return;
    const outcome = await this.#runtime.verifier.verifyById(minted.id);
    if (!outcome.accepted) throw refusalOf(outcome);
    if (outcome.key.subject !== minted.subject) {
      throw new ApiKeyRefusedError(
        `The API key of this token does not act as ${minted.subject} any more`,
        minted.id,
      );
    }
  }
}

function refusalOf({
  reason,
  keyId,
}: Extract<VerificationOutcome, { accepted: false }>): ApiKeyRefusedError {
  return new ApiKeyRefusedError(reason, keyId);
}
