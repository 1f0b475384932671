import { LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { CALL_TIMEOUT_MS, PluginCalls } from '../calls/PluginCalls';
import {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
} from '../errors';
import { withTimeout } from '../kit/withTimeout';
import type { ApiKeyRuntime } from '../runtime';
import { VerifiedApiKey } from '../verification/types';

/**
 * The id of the auth provider that exchanges keys.
 *
 * @public
 */
export const API_KEY_PROVIDER_ID = 'api-key';

/**
 * The header that carries the proof of a key to the exchange, which the verifier issues and redeems.
 *
 * @public
 */
export const API_KEY_PROOF_HEADER = 'x-api-key-proof';

/**
 * Header in which backends of earlier releases send the secret itself to the exchange. Never `Authorization`: code that
 * resolves the credentials of that request would start another exchange.
 *
 * @public
 */
export const API_KEY_EXCHANGE_HEADER = 'x-api-key';

/**
 * The error name by which the exchange refuses a key, as opposed to the call.
 *
 * @public
 */
export const API_KEY_REFUSED_ERROR_NAME = 'ApiKeyRefusedError';

/**
 * A user token of a key's subject, and what it owns.
 *
 * @public
 */
export type ExchangedToken = { token: string; ownershipEntityRefs: string[] };

/**
 * Issues a user token for a key that was accepted, and checks the key once more. Provided by the auth provider `api-key`.
 *
 * @throws {@link ApiKeyRefusedError} when it refuses the key
 * @throws {@link ApiKeyVerificationUnavailableError} for every other failure
 * @public
 */
export type KeyExchange = (key: VerifiedApiKey) => Promise<ExchangedToken>;

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
  readonly #calls: PluginCalls;
  readonly #runtime: ApiKeyRuntime;
  readonly #logger: LoggerService;

  constructor(options: {
    calls: PluginCalls;
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
