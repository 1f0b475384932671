import type { IncomingMessage } from 'node:http';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { KeyExchange } from './exchange';
import type { ApiKeyAuthenticator } from './ApiKeyAuthenticator';
import { ApiKeyVerificationUnavailableError } from '../verification/errors';
import {
  readRequestLimits,
  RequestLimits,
  RequestLimitsConfig,
} from '../limits/RequestLimits';
import { GuardedRoutes } from '../restrictions/guarded/GuardedRoutes';
import { PermissionChecks } from '../restrictions/guarded/PermissionChecks';
import { ApiKeyVerifier, VerifiedApiKey } from '../verification/types';
import { UnavailableApiKeyVerifier } from '../verification/UnavailableApiKeyVerifier';
import { TokenKeyRegistry } from '../tokens/TokenKeyRegistry';
import { UserTokenCache } from '../tokens/UserTokenCache';

/**
 * State that the plugins of one backend process share: the `api-keys` plugin provides the verifier, every plugin's token
 * handler uses it, and all look up the keys of user tokens in one registry.
 *
 * @public
 */
export class ApiKeyRuntime {
  readonly tokenKeys = new TokenKeyRegistry(() => this.verifier);
  readonly userTokens = new UserTokenCache();
  /** The routes that are open to keys for some permissions of their plugin. */
  readonly guardedRoutes: GuardedRoutes;
  readonly permissionChecks = new PermissionChecks();
  /** Authenticates keys in each plugin, by the id of the plugin, once the plugin has its `auth` service. */
  readonly authenticators = new Map<string, ApiKeyAuthenticator>();
  /** Reads the credentials of requests to each plugin, by the id of the plugin, once the plugin has its `httpAuth` service. */
  readonly presented = new Map<string, PresentedCredentials>();
  readonly #services = new Set<ApiKeyAwareService>();
  /** True if keys are removed from all requests to plugins, including routes on which nothing reads credentials. */
  takesKeysOutOfRequests = false;
  readonly limits: RequestLimits;
  #verifier: ApiKeyVerifier | undefined;
  #remoteVerifier: ApiKeyVerifier | undefined;
  readonly #noVerifier = new UnavailableApiKeyVerifier();
  #exchange: KeyExchange | undefined;
  #ownershipOf: OwnershipLookup | undefined;
  #hasOwnershipResolver = false;

  constructor(options: {
    limits: RequestLimitsConfig;
    guardedRoutes: GuardedRoutes;
  }) {
    this.limits = new RequestLimits(options.limits);
    this.guardedRoutes = options.guardedRoutes;
  }

  /** Records that a service of this package was created, so that no other factory has replaced it. */
  noteService(service: ApiKeyAwareService) {
    this.#services.add(service);
  }

  /** Returns true if the service of this package was created, and not another factory's. */
  hasService(service: ApiKeyAwareService): boolean {
    return this.#services.has(service);
  }

  /**
   * The verifier of keys. If the `api-keys` plugin runs in this process, every call fails with {@link
   * ApiKeyVerificationUnavailableError} until the plugin has started.
   */
  get verifier(): ApiKeyVerifier {
    return this.#verifier ?? this.#remoteVerifier ?? this.#noVerifier;
  }

  provideVerifier(verifier: ApiKeyVerifier) {
    this.#verifier = verifier;
  }

  /** Sets the verifier of a process without the `api-keys` plugin. */
  provideRemoteVerifier(verifier: ApiKeyVerifier) {
    this.#remoteVerifier ??= verifier;
  }

  /** Issues user tokens for keys; undefined without the auth provider `api-key` in this process. */
  get exchange(): KeyExchange | undefined {
    return this.#exchange;
  }

  provideExchange(exchange: KeyExchange) {
    this.#exchange = exchange;
  }

  /**
   * Returns the current ownership of a user or a group, which may differ from the ownership of an older session.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} without the auth provider `api-key` in this process
   */
  readonly ownershipOf: OwnershipLookup = async entityRef => {
    if (!this.#ownershipOf) throw new ApiKeyVerificationUnavailableError();
    return this.#ownershipOf(entityRef);
  };

  /**
   * Returns true if the installation resolves a user that is not in the catalog, so that the user's keys work.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} without the auth provider `api-key` in this process
   */
  async knowsUserOutsideCatalog(userEntityRef: string): Promise<boolean> {
    if (this.#ownershipOf && !this.#hasOwnershipResolver) return false;
    return (await this.ownershipOf(userEntityRef)) !== undefined;
  }

  /** @param options - `hasResolver` is true if the installation has its own ownership resolver */
  provideOwnership(
    ownershipOf: OwnershipLookup,
    { hasResolver }: { hasResolver: boolean },
  ) {
    this.#ownershipOf = ownershipOf;
    this.#hasOwnershipResolver = hasResolver;
  }
}

/**
 * Reads the credentials of requests to one plugin, from which the secrets were removed.
 *
 * @public
 */
export interface PresentedCredentials {
  /**
   * Finds the accepted key whose secret a request carries. A request with a user token that was issued for a key has none.
   */
  findKey(req: IncomingMessage): Promise<VerifiedApiKey | undefined>;

  /** Finds the secret that a backend of an earlier release sent to the exchange. */
  findExchangedSecret(req: IncomingMessage): string | undefined;
}

/**
 * A Backstage service that enforces the limits of keys, and that another factory can replace.
 *
 * @public
 */
export type ApiKeyAwareService =
  | 'tokenHandler'
  | 'permissions'
  | 'userInfo'
  | 'actions';

/**
 * Returns the ownership refs of a user or a group by entity ref, without the cap of a key; undefined for an entity that does
 * not exist.
 *
 * @public
 */
export type OwnershipLookup = (
  entityRef: string,
) => Promise<string[] | undefined>;

/**
 * The {@link ApiKeyRuntime} of this backend process. Meant for the packages of this project.
 *
 * @public
 */
export const apiKeyRuntimeServiceRef = createServiceRef<ApiKeyRuntime>({
  id: 'api-keys.runtime',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { config: coreServices.rootConfig },
      factory: ({ config }) =>
        new ApiKeyRuntime({
          limits: readRequestLimits(config),
          guardedRoutes: GuardedRoutes.fromConfig(config),
        }),
    }),
});
