import { LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { CALL_TIMEOUT_MS, PluginClient } from '../backstage/PluginClient';
import {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
} from '../verification/errors';
import { withTimeout } from '../kit/withTimeout';
import type { ApiKeyRuntime } from './ApiKeyRuntime';
import { VerifiedApiKey } from '../verification/types';
import {
  API_KEY_PROOF_HEADER,
  API_KEY_PROVIDER_ID,
  API_KEY_REFUSED_ERROR_NAME,
  ExchangedToken,
} from './exchange';

/** The part of an auth provider's answer that is read. */
type ExchangeAnswer = {
  backstageIdentity: {
    token: string;
    identity: { ownershipEntityRefs: string[] };
  };
};

/**
 * Gets the Backstage user token of an accepted key's subject from the auth provider `api-key`: in this process if it runs here, and over
 * HTTP otherwise, with a proof that is good for one key and a minute. The secret goes nowhere.
 */
export class ExchangeClient {
  readonly #calls: PluginClient;
  readonly #runtime: ApiKeyRuntime;
  readonly #logger: LoggerService;

  constructor(options: {
    calls: PluginClient;
    runtime: ApiKeyRuntime;
    logger: LoggerService;
  }) {
    this.#calls = options.calls;
    this.#runtime = options.runtime;
    this.#logger = options.logger;
  }

  /**
   * @throws {@link ApiKeyRefusedError} when the exchange refuses the key
   * @throws {@link ApiKeyVerificationUnavailableError} for every other failure, which is logged
   */
  async exchange(key: VerifiedApiKey, secret: string): Promise<ExchangedToken> {
    const { exchange } = this.#runtime;
    try {
      return exchange
        ? await withTimeout(exchange(key), CALL_TIMEOUT_MS)
        : await this.#exchangeOverHttp(secret);
    } catch (error) {
      const refusal = refusalReasonOf(error);
      if (refusal !== undefined) throw new ApiKeyRefusedError(refusal);
      this.#logger.error(
        `Could not exchange an API key for a user token, check that the auth plugin is installed and that auth.providers.${API_KEY_PROVIDER_ID} is configured`,
        error instanceof Error ? error : undefined,
      );
      throw new ApiKeyVerificationUnavailableError();
    }
  }

  async #exchangeOverHttp(secret: string): Promise<ExchangedToken> {
    const proof = await this.#runtime.verifier.issueProof(secret);
    if (!proof) throw new ApiKeyRefusedError('The API key is unknown');
    const { backstageIdentity } = await this.#calls.post<ExchangeAnswer>(
      'auth',
      `/${API_KEY_PROVIDER_ID}/refresh`,
      { headers: { [API_KEY_PROOF_HEADER]: proof } },
    );
    const { token, identity } = backstageIdentity;
    return { token, ownershipEntityRefs: identity.ownershipEntityRefs };
  }
}

/** Returns the reason if the exchange refused the key; undefined for every other failure. */
function refusalReasonOf(error: unknown): string | undefined {
  if (error instanceof ApiKeyRefusedError) return error.message;
  const isRefusal =
    error instanceof ResponseError &&
    error.body.error?.name === API_KEY_REFUSED_ERROR_NAME;
  return isRefusal ? error.body.error.message : undefined;
}
