import type { IncomingMessage } from 'node:http';
import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
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
import { ApiKeyGate } from './ApiKeyGate';
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
  /** What judges keys in each plugin, by its id. It is there once the plugin has its `auth` service. */
  readonly gates = new Map<string, ApiKeyGate>();
  readonly #services = new Set<ApiKeyAwareService>();
  /** Whether each plugin gets its requests without the keys in them, also on routes where nothing asks for credentials. */
  takesKeysOutOfRequests = false;
  /**
   * The keys whose secret a request carries, each judged by what the request is for. A request with a user token that was
   * issued for a key is not among them.
   */
  readonly presentedKeys = new WeakMap<IncomingMessage, VerifiedApiKey>();
  /** The secrets of requests to the exchange. Like all others, they are taken out of the requests. */
  readonly exchangedSecrets = new WeakMap<
    IncomingMessage,
    string | undefined
  >();
  readonly limits: RequestLimits;
  #verifier: ApiKeyVerifier | undefined;
  #remoteVerifier: ApiKeyVerifier | undefined;
  readonly #noVerifier = new UnavailableApiKeyVerifier();
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
