import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  ApiKeyRuntime,
  apiKeyRuntimeServiceRef,
} from '../authenticator/ApiKeyRuntime';
import { findKeyOfCredentials } from '../authenticator/acceptedKey';
import { VerificationOutcome, VerifiedApiKey } from '../verification/types';

/**
 * The fields of a key that plugins and policies need.
 *
 * @public
 */
export type ApiKeyIdentity = Pick<
  VerifiedApiKey,
  'id' | 'owner' | 'subject'
> & {
  /** Scopes for services outside of Backstage. They grant nothing inside. */
  scopes: readonly string[];
};

/**
 * API keys for backend plugins.
 *
 * @public
 */
export interface ApiKeysService {
  /**
   * Verifies a secret. Does not count as a use: the key's first and last use stay the same.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  verify(secret: string): Promise<VerificationOutcome>;

  /**
   * Returns the key of a request that was made with it directly, or by another plugin of this backend process on behalf of the
   * key's subject. Returns undefined for other credentials.
   *
   * @throws {@link ApiKeyRefusedError} for a key that has ended since
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  keyOf(credentials: BackstageCredentials): Promise<ApiKeyIdentity | undefined>;
}

class DefaultApiKeysService implements ApiKeysService {
  readonly #auth: AuthService;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: { auth: AuthService; runtime: ApiKeyRuntime }) {
    this.#auth = options.auth;
    this.#runtime = options.runtime;
  }

  async verify(secret: string): Promise<VerificationOutcome> {
    return this.#runtime.verifier.verify(secret);
  }

  async keyOf(
    credentials: BackstageCredentials,
  ): Promise<ApiKeyIdentity | undefined> {
    const found = await findKeyOfCredentials(credentials, {
      auth: this.#auth,
      runtime: this.#runtime,
    });
    if (!found) return undefined;
    const { id, owner, subject, scopes = [] } = found.key;
    return { id, owner, subject, scopes };
  }
}

/**
 * Service for other backend plugins, and for permission policies that treat keys differently.
 *
 * @public
 */
export const apiKeysServiceRef = createServiceRef<ApiKeysService>({
  id: 'api-keys.service',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, runtime: apiKeyRuntimeServiceRef },
      factory: deps => new DefaultApiKeysService(deps),
    }),
});
