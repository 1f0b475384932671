import {
  AuthService,
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  AuthorizePermissionRequest,
  AuthorizePermissionResponse,
  AuthorizeResult,
  Permission,
  QueryPermissionRequest,
  QueryPermissionResponse,
} from '@backstage/plugin-permission-common';
import { decodeJwt } from 'jose';
import { withoutKeyId } from '../restrictions/delegatedKey';
import { isAllowed } from '../restrictions/enforce';
import { RestrictedKey } from '../restrictions/Restriction';
import { ApiKeyRuntime } from '../authenticator/ApiKeyRuntime';
import {
  findBoundKey,
  findKeyOfCredentials,
} from '../authenticator/acceptedKey';

/** The plugin in which a key reads, rotates and revokes itself. */
const OWN_PLUGIN = 'api-keys';

/**
 * Wraps Backstage's permissions service: a permission that a restricted key does not cover is denied without asking the policy.
 */
export class ApiKeyPermissionsService implements PermissionsService {
  readonly #pluginId: string;
  readonly #inner: PermissionsService;
  readonly #auth: AuthService;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    pluginId: string;
    inner: PermissionsService;
    auth: AuthService;
    runtime: ApiKeyRuntime;
  }) {
    this.#pluginId = options.pluginId;
    this.#inner = options.inner;
    this.#auth = options.auth;
    this.#runtime = options.runtime;
  }

  async authorize(
    requests: AuthorizePermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ): Promise<AuthorizePermissionResponse[]> {
    return this.#ask(options, requests, permitted =>
      this.#inner.authorize(permitted, options),
    );
  }

  async authorizeConditional(
    requests: QueryPermissionRequest[],
    options: PermissionsServiceRequestOptions,
  ): Promise<QueryPermissionResponse[]> {
    return this.#ask<QueryPermissionRequest, QueryPermissionResponse>(
      options,
      requests,
      permitted => this.#inner.authorizeConditional(permitted, options),
    );
  }

  /** Returns the decisions in the order of the requests. */
  async #ask<
    TRequest extends { permission: Permission },
    TResponse extends AuthorizePermissionResponse | QueryPermissionResponse,
  >(
    options: PermissionsServiceRequestOptions,
    requests: TRequest[],
    askPolicy: (permitted: TRequest[]) => Promise<TResponse[]>,
  ): Promise<TResponse[]> {
    const key = await this.#keyOf(options);
    if (!key) return askPolicy(requests);
    const permitted = requests.filter(({ permission }) =>
      this.#allows(key, permission),
    );
    const answers = permitted.length > 0 ? await askPolicy(permitted) : [];
    const answerOf = new Map(permitted.map((one, i) => [one, answers[i]]));
    for (const request of requests) {
      this.#runtime.permissionChecks.note(
        options?.credentials,
        request.permission.name,
        answerOf.has(request),
      );
    }
    return requests.map(
      request =>
        answerOf.get(request) ??
        ({ result: AuthorizeResult.DENY } as TResponse),
    );
  }

  #allows(key: RestrictedKey, permission: Permission): boolean {
    const plugin = this.#pluginId;
    // A key that may not be used for this plugin can still manage itself here, and nothing else.
    const isSelfService = plugin === OWN_PLUGIN && !isAllowed(key, { plugin });
    return isSelfService || isAllowed(key, { plugin, permission });
  }

  /** Returns the key of the credentials; undefined for other credentials. */
  async #keyOf({
    credentials,
    token,
  }: Partial<PermissionsServiceRequestOptions> & {
    token?: string;
  } = {}): Promise<RestrictedKey | undefined> {
    const { tokenKeys, verifier } = this.#runtime;
    if (credentials) {
      const found = await findKeyOfCredentials(credentials, {
        auth: this.#auth,
        runtime: this.#runtime,
      });
      return found?.key;
    }
    const binding =
      token && (await tokenKeys.bindingOf(userTokenWithin(token)));
    return binding ? findBoundKey(binding, verifier) : undefined;
  }
}

/** Older plugins pass a token for the permission backend that wraps the user's. */
function userTokenWithin(token: string): string {
  const { obo } = decodeJwt(token);
  return typeof obo === 'string' ? withoutKeyId(obo).limitedUserToken : token;
}
