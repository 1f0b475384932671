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
import { ApiKeyRuntime } from '../runtime';
import {
  findBoundKey,
  findKeyOfCredentials,
} from '../verification/acceptedKey';

/** Where a key reads, rotates and revokes itself. */
const OWN_PLUGIN = 'api-keys';

/**
 * Backstage's own permissions service, which a restricted key asks only for what it is for: everything else is denied before
 * the policy hears of it.
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

  /** Answers come in the order of what was asked. */
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
    // A key that is not for this plugin is let in here for nothing but itself.
    const isSelfService = plugin === OWN_PLUGIN && !isAllowed(key, { plugin });
    return isSelfService || isAllowed(key, { plugin, permission });
  }

  /** The key that asks; undefined for everybody else. */
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

/** Older plugins bring a token of their own for the permission backend, with the user's in it. */
function userTokenWithin(token: string): string {
  const { obo } = decodeJwt(token);
  return typeof obo === 'string' ? withoutKeyId(obo).limitedUserToken : token;
}
