import { DiscoveryService, LoggerService } from '@backstage/backend-plugin-api';
import { PluginTokenHandler } from '@backstage/backend-defaults/auth';
import { ResponseError } from '@backstage/errors';
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

const TIMEOUT_MS = 10_000;

/** Gets the Backstage user token of an accepted key's subject from the auth provider `api-key`. */
export class ExchangeClient {
  readonly #pluginId: string;
  readonly #inner: PluginTokenHandler;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;

  constructor(options: {
    pluginId: string;
    inner: PluginTokenHandler;
    discovery: DiscoveryService;
    logger: LoggerService;
  }) {
    this.#pluginId = options.pluginId;
    this.#inner = options.inner;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
  }

  /**
   * @throws {@link ApiKeyRefusedError} when the exchange refuses the key
   * @throws {@link ApiKeyVerificationUnavailableError} for every other failure, which is logged
   */
  async exchange(secret: string): Promise<string> {
    try {
      const response = await this.#request(secret);
      if (!response.ok) throw await ResponseError.fromResponse(response);
      const { backstageIdentity } = await response.json();
      return backstageIdentity.token;
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

  async #request(secret: string): Promise<Response> {
    const { token } = await this.#inner.issueToken({
      pluginId: this.#pluginId,
      targetPluginId: 'auth',
    });
    const baseUrl = await this.#discovery.getBaseUrl('auth');
    return fetch(`${baseUrl}/${API_KEY_PROVIDER_ID}/refresh`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        [API_KEY_EXCHANGE_HEADER]: secret,
      },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  }
}

function isRefusal(error: unknown): error is ResponseError {
  return (
    error instanceof ResponseError &&
    error.body.error?.name === API_KEY_REFUSED_ERROR_NAME
  );
}
