import {
  AuthService,
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { ApiKeyRuntime, apiKeyRuntimeServiceRef } from '../runtime';
import { findKeyOfCredentials } from '../verification/acceptedKey';
import { VerificationOutcome, VerifiedApiKey } from '../verification/types';

/**
 * A key, as far as plugins and policies need to know it.
 *
 * @public
 */
export type ApiKeyIdentity = Pick<
  VerifiedApiKey,
  'id' | 'owner' | 'subject'
> & {
  /** What it is for in services outside of Backstage. Inside they grant nothing. */
  scopes: readonly string[];
};

/**
 * What a backend plugin can ask about API keys.
 *
 * @public
 */
export interface ApiKeysService {
  /**
   * Checks a secret. Looking is no use: it moves neither the key's last use nor its first.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  verify(secret: string): Promise<VerificationOutcome>;

  /**
   * Which key a request was made with: directly, or through other plugins of this backend process on behalf of the
   * key's subject. Undefined for credentials that come from no key.
   *
   * @throws {@link ApiKeyRefusedError} for a key that has ended since
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
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
 * API keys, for other backend plugins and for permission policies that treat keys in their own way.
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
