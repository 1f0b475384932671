import {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { z } from 'zod';

const AUTH_PLUGIN = 'auth';
const TIMEOUT_MS = 10_000;

const answerSchema = z.object({ revokedCount: z.number() });

/** Offline sessions (refresh tokens) of the auth plugin, which exist since Backstage 1.57 if `auth.experimentalRefreshToken` is on. */
export class AuthPluginSessions {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;
  readonly #logger: LoggerService;

  constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
    logger: LoggerService;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
    this.#logger = options.logger;
  }

  /**
   * Ends all offline sessions of a user.
   *
   * @returns the number of sessions; 0 if the auth plugin has none, or is too old to end them
   * @throws ResponseError for another status, and any error of fetch
   */
  async endAll(userEntityRef: string): Promise<number> {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: AUTH_PLUGIN,
    });
    const baseUrl = await this.#discovery.getBaseUrl(AUTH_PLUGIN);
    const response = await fetch(`${baseUrl}/v1/offline-sessions/revoke`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: JSON.stringify({ userEntityRef }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 404) {
      this.#logger.debug(
        `The auth plugin has no offline sessions that could be ended for ${userEntityRef}`,
      );
      return 0;
    }
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return answerSchema.parse(await response.json()).revokedCount;
  }
}
