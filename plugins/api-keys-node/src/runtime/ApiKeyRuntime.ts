import type { IncomingMessage } from 'node:http';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import type { KeyExchange } from '../authenticator/exchange';
import type { ApiKeyAuthenticator } from '../authenticator/types';
import { ApiKeyVerificationUnavailableError } from '../errors';
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
 * What the plugins of one backend process share about keys: the `api-keys` plugin brings the verifier, every plugin's
 * token handler uses it, and all know the user tokens that were issued for keys.
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
  /** Whether each plugin gets its requests without the keys in them, also on routes where nothing asks for credentials. */
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

  /** Called by the factories of this package: the service is there, and no factory of somebody else has taken its place. */
  noteService(service: ApiKeyAwareService) {
    this.#services.add(service);
  }

  /** Whether a service that some plugin of this backend has asked for is the one that knows of keys. */
  hasService(service: ApiKeyAwareService): boolean {
    return this.#services.has(service);
  }

  /**
   * What tells which keys are accepted. All that it is asked fails with {@link ApiKeyVerificationUnavailableError} until the
   * `api-keys` plugin has started, if it runs in this process.
   */
  get verifier(): ApiKeyVerifier {
    return this.#verifier ?? this.#remoteVerifier ?? this.#noVerifier;
  }

  provideVerifier(verifier: ApiKeyVerifier) {
    this.#verifier = verifier;
  }

  /** For a process in which the `api-keys` plugin does not run. */
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
   * Finds what a user or a group owns now, which may differ from what a session of theirs was given when it began.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} without the auth provider `api-key` in this process
   */
  readonly ownershipOf: OwnershipLookup = async entityRef => {
    if (!this.#ownershipOf) throw new ApiKeyVerificationUnavailableError();
    return this.#ownershipOf(entityRef);
  };

  /**
   * Checks whether the installation knows a user who is not in the catalog, so that keys of theirs work.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} without the auth provider `api-key` in this process
   */
  async knowsUserOutsideCatalog(userEntityRef: string): Promise<boolean> {
    if (this.#ownershipOf && !this.#hasOwnershipResolver) return false;
    return (await this.ownershipOf(userEntityRef)) !== undefined;
  }

  /** @param options - `hasResolver` says that the installation resolves ownership by itself, not by the catalog alone */
  provideOwnership(
    ownershipOf: OwnershipLookup,
    { hasResolver }: { hasResolver: boolean },
  ) {
    this.#ownershipOf = ownershipOf;
    this.#hasOwnershipResolver = hasResolver;
  }
}

/**
 * Reads what requests to one plugin presented, once the secrets are taken out of them.
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
 * A service of Backstage that holds keys to what they are for, and that the factory of somebody else can replace.
 *
 * @public
 */
export type ApiKeyAwareService =
  | 'tokenHandler'
  | 'permissions'
  | 'userInfo'
  | 'actions';

/**
 * Finds the ownership refs that a key of a user or a group has without a cap, by entity ref; undefined for one that there is not.
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
