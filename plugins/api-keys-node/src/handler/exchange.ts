import { LoggerService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { PluginCalls } from '../calls/PluginCalls';
import {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
} from '../errors';

/**
 * The id of the auth provider that exchanges keys.
 *
 * @public
 */
export const API_KEY_PROVIDER_ID = 'api-key';

/**
 * The header that carries a key to the exchange. Never `Authorization`: whatever resolves the credentials of that
 * request would start an exchange of its own.
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

/** What is used of the answer of an auth provider. */
type ExchangeAnswer = {
  backstageIdentity: {
    token: string;
    identity: { ownershipEntityRefs: string[] };
  };
};

/** Gets the Backstage user token of an accepted key's subject from the auth provider `api-key`. */
export class ExchangeClient {
  readonly #calls: PluginCalls;
  readonly #logger: LoggerService;

  constructor(options: { calls: PluginCalls; logger: LoggerService }) {
    this.#calls = options.calls;
    this.#logger = options.logger;
  }

  /**
   * @throws {@link ApiKeyRefusedError} when the exchange refuses the key
   * @throws {@link ApiKeyVerificationUnavailableError} for every other failure, which is logged
   */
  async exchange(
    secret: string,
  ): Promise<{ token: string; ownershipEntityRefs: string[] }> {
    try {
      const { backstageIdentity } = await this.#calls.post<ExchangeAnswer>(
        'auth',
        `/${API_KEY_PROVIDER_ID}/refresh`,
        { headers: { [API_KEY_EXCHANGE_HEADER]: secret } },
      );
      const { token, identity } = backstageIdentity;
      return { token, ownershipEntityRefs: identity.ownershipEntityRefs };
    } catch (error) {
      if (isRefusal(error)) {
        throw new ApiKeyRefusedError(error.body.error.message);
      }
      this.#logger.error(
        `Could not exchange an API key for a user token, check that the auth plugin is installed and that auth.providers.${API_KEY_PROVIDER_ID} is configured`,
        error instanceof Error ? error : undefined,
      );
      throw new ApiKeyVerificationUnavailableError();
    }
  }
}

function isRefusal(error: unknown): error is ResponseError {
  return (
    error instanceof ResponseError &&
    error.body.error?.name === API_KEY_REFUSED_ERROR_NAME
  );
}
