import { InputError, ResponseError } from '@backstage/errors';
import { expectNoContent, JsonOperation, readCsv, readJson } from './answers';
import {
  ApiKey,
  ApiKeyCheck,
  ApiKeyEventFilter,
  ApiKeyEventPage,
  ApiKeyFilter,
  ApiKeyIntrospection,
  ApiKeyOwnerPolicies,
  ApiKeyOwnerPolicy,
  ApiKeyPage,
  ApiKeyPolicy,
  ApiKeyPolicyOverride,
  ApiKeyRevocation,
  ApiKeyScopeHolderPage,
  ApiKeySummary,
  ApiKeysUsage,
  ApiKeyUnconfirmedOwners,
  ApiKeyUpcomingWarningPage,
  ApiKeyUsage,
  CheckApiKeyRequest,
  ConfirmApiKeyOwnerRequest,
  ConfirmApiKeyOwnerResult,
  CreateApiKeyRequest,
  CreatedApiKey,
  ListAllApiKeysRequest,
  ListApiKeyEventsRequest,
  ListApiKeysRequest,
  ListUpcomingApiKeyWarningsRequest,
  RevokeApiKeysRequest,
  RevokeApiKeysResult,
  RotateApiKeyRequest,
  SetApiKeyExpiryRequest,
  TransferApiKeysRequest,
  TransferApiKeysResult,
  UpdateApiKeyRequest,
} from './generated/types';
import { IntrospectSecretRequest } from './introspection';
import { containsSecret } from './secrets';

/**
 * The HTTP API of API keys, typed. Every method throws a `ResponseError` of `@backstage/errors` when the backend refuses, and an
 * `UnexpectedAnswerError` when the answer is not what the API promises.
 *
 * @public
 */
export interface ApiKeysApi {
  /** The limits that new keys of an owner are held to: the caller, or one of the caller's groups. */
  getPolicy(owner?: string): Promise<ApiKeyPolicy>;
  /** The caller's keys, a page at a time. */
  listKeys(request?: ListApiKeysRequest): Promise<ApiKeyPage>;
  getKey(id: string): Promise<ApiKey>;
  /** The key of the caller's that a secret is of. */
  lookUpKey(token: string): Promise<ApiKey>;
  /** What happened to a key, latest first, a page at a time. */
  listKeyEvents(
    id: string,
    page?: { limit?: number; cursor?: string },
  ): Promise<ApiKeyEventPage>;
  /** What a key was used for on the last days (30 if left out), by day and plugin. */
  getKeyUsage(id: string, period?: { days?: number }): Promise<ApiKeyUsage>;
  /** How often keys of the caller (200 at most) were used on the last days (30 if left out), by key and day. */
  listUsage(
    keyIds: string[],
    period?: { days?: number },
  ): Promise<ApiKeysUsage>;
  /** Whether a key may be used for a plugin, and there for a permission, and what decides about it. */
  checkKey(id: string, request: CheckApiKeyRequest): Promise<ApiKeyCheck>;
  /**
   * The keys of whomever that carry a scope and are not ended for good, latest first, a page at a time. For admins, and for the
   * owners of the API that the scope is of.
   */
  listScopeKeys(
    scope: string,
    page?: { limit?: number; cursor?: string },
  ): Promise<ApiKeyScopeHolderPage>;
  /** Makes a key. The secret is in this answer and nowhere else. */
  createKey(request: CreateApiKeyRequest): Promise<CreatedApiKey>;
  updateKey(id: string, request: UpdateApiKeyRequest): Promise<ApiKey>;
  /** Replaces a key by a new one. The secret is in this answer and nowhere else. */
  rotateKey(id: string, request?: RotateApiKeyRequest): Promise<CreatedApiKey>;
  /** Restarts the inactivity clock of a key, also of one that went inactive. */
  keepKeyAlive(id: string): Promise<ApiKey>;
  /** Ends a key, for good and at once, and what it made of itself. Revoking a revoked key is no error. */
  revokeKey(id: string): Promise<void>;
  /** What revoking a key would end beside it. */
  previewRevocation(id: string): Promise<ApiKeyRevocation>;
  /** The caller and groups of the caller who have to be confirmed, since they may be somebody else than before. */
  listUnconfirmedOwners(): Promise<ApiKeyUnconfirmedOwners>;
  /** Says whether the keys of the caller, or of a group of the caller, are still that owner's. Otherwise they end. */
  confirmOwner(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult>;
  /** Everybody's keys, a page at a time. For admins. */
  listAllKeys(request?: ListAllApiKeysRequest): Promise<ApiKeyPage>;
  /** Everybody's keys as CSV, with a line of headings. For admins. */
  exportKeys(filter?: ApiKeyFilter): Promise<Blob>;
  /** Everybody's keys in numbers. For admins. */
  getSummary(): Promise<ApiKeySummary>;
  /** What happened to everybody's keys, latest first. For admins. */
  listAllEvents(request?: ListApiKeyEventsRequest): Promise<ApiKeyEventPage>;
  /** What happened to everybody's keys as CSV, with a line of headings, eldest first. For admins. */
  exportEvents(filter?: ApiKeyEventFilter): Promise<Blob>;
  /** Which warnings are to be sent, soonest first, a page at a time. For admins. */
  listUpcomingWarnings(
    request?: ListUpcomingApiKeyWarningsRequest,
  ): Promise<ApiKeyUpcomingWarningPage>;
  /** Whether a secret is accepted, and for what. It is a use of its key. For whoever has the permission `api-keys.introspect`. */
  introspectSecret(
    request: IntrospectSecretRequest,
  ): Promise<ApiKeyIntrospection>;
  /** Whose key a secret is of. For admins. */
  lookUpSecret(token: string): Promise<ApiKey>;
  /** Ends many keys at once. For admins. */
  revokeKeys(request: RevokeApiKeysRequest): Promise<RevokeApiKeysResult>;
  /** Gives keys to a group, as which they act from then on. For admins. */
  transferKeys(request: TransferApiKeysRequest): Promise<TransferApiKeysResult>;
  /** Sets when a key ends. For admins. */
  setKeyExpiry(id: string, request: SetApiKeyExpiryRequest): Promise<ApiKey>;
  /** The configured policy, and what was set for users and groups instead. For admins. */
  listOwnerPolicies(): Promise<ApiKeyOwnerPolicies>;
  /** The policy of a user or group, by entity ref. For admins. */
  getOwnerPolicy(owner: string): Promise<ApiKeyOwnerPolicy>;
  /** Sets where the policy of a user or group differs from the configured one, instead of what was set before. For admins. */
  setOwnerPolicy(
    owner: string,
    override: ApiKeyPolicyOverride,
  ): Promise<ApiKeyOwnerPolicy>;
  /** Lets a user or group follow the configured policy again. For admins. */
  removeOwnerPolicy(owner: string): Promise<void>;
  /** Says whether the keys of an owner who has to be confirmed are still that owner's. Otherwise they end. For admins. */
  confirmOwnerAsAdmin(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult>;
}

/**
 * An {@link ApiKeysApi} over `fetch`.
 *
 * @public
 */
export class ApiKeysClient implements ApiKeysApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  /**
   * @param options - `discoveryApi` finds the backend plugin and `fetchApi` makes the requests with the
   * caller's credentials, as the two APIs of the same names in a Backstage app do.
   */
  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi;
  }

  async getPolicy(owner?: string): Promise<ApiKeyPolicy> {
    return this.#json('getPolicy', 'GET', `/v1/policy${searchOf({ owner })}`);
  }

  async listKeys(request: ListApiKeysRequest = {}): Promise<ApiKeyPage> {
    return this.#json('listKeys', 'GET', `/v1/keys${searchOf(request)}`);
  }

  async getKey(id: string): Promise<ApiKey> {
    return this.#json('getKey', 'GET', `/v1/keys/${encodeURIComponent(id)}`);
  }

  async lookUpKey(token: string): Promise<ApiKey> {
    return this.#json('lookUpKey', 'POST', '/v1/keys/lookup', { token });
  }

  async listKeyEvents(
    id: string,
    page: { limit?: number; cursor?: string } = {},
  ): Promise<ApiKeyEventPage> {
    const path = `/v1/keys/${encodeURIComponent(id)}/events`;
    return this.#json('listKeyEvents', 'GET', path + searchOf(page));
  }

  async getKeyUsage(
    id: string,
    period: { days?: number } = {},
  ): Promise<ApiKeyUsage> {
    const path = `/v1/keys/${encodeURIComponent(id)}/usage`;
    return this.#json('getKeyUsage', 'GET', path + searchOf(period));
  }

  async listUsage(
    keyIds: string[],
    period: { days?: number } = {},
  ): Promise<ApiKeysUsage> {
    const search = searchOf({ keyId: keyIds, ...period });
    return this.#json('listUsage', 'GET', `/v1/usage${search}`);
  }

  async checkKey(
    id: string,
    request: CheckApiKeyRequest,
  ): Promise<ApiKeyCheck> {
    const path = `/v1/keys/${encodeURIComponent(id)}/check`;
    return this.#json('checkKey', 'POST', path, request);
  }

  async listScopeKeys(
    scope: string,
    page: { limit?: number; cursor?: string } = {},
  ): Promise<ApiKeyScopeHolderPage> {
    const path = `/v1/scopes/${encodeURIComponent(scope)}/keys`;
    return this.#json('listScopeKeys', 'GET', path + searchOf(page));
  }

  async createKey(request: CreateApiKeyRequest): Promise<CreatedApiKey> {
    return this.#json('createKey', 'POST', '/v1/keys', request);
  }

  async updateKey(id: string, request: UpdateApiKeyRequest): Promise<ApiKey> {
    return this.#json(
      'updateKey',
      'PATCH',
      `/v1/keys/${encodeURIComponent(id)}`,
      request,
    );
  }

  async rotateKey(
    id: string,
    request: RotateApiKeyRequest = {},
  ): Promise<CreatedApiKey> {
    return this.#json(
      'rotateKey',
      'POST',
      `/v1/keys/${encodeURIComponent(id)}/rotate`,
      request,
    );
  }

  async keepKeyAlive(id: string): Promise<ApiKey> {
    return this.#json(
      'keepKeyAlive',
      'POST',
      `/v1/keys/${encodeURIComponent(id)}/keep-alive`,
    );
  }

  async revokeKey(id: string): Promise<void> {
    return this.#delete(`/v1/keys/${encodeURIComponent(id)}`);
  }

  async previewRevocation(id: string): Promise<ApiKeyRevocation> {
    return this.#json(
      'previewRevocation',
      'GET',
      `/v1/keys/${encodeURIComponent(id)}/revocation`,
    );
  }

  async listUnconfirmedOwners(): Promise<ApiKeyUnconfirmedOwners> {
    return this.#json('listUnconfirmedOwners', 'GET', '/v1/owners/unconfirmed');
  }

  async confirmOwner(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult> {
    const path = `/v1/owners/${encodeURIComponent(owner)}/identity`;
    return this.#json('confirmOwner', 'POST', path, request);
  }

  async listAllEvents(
    request: ListApiKeyEventsRequest = {},
  ): Promise<ApiKeyEventPage> {
    return this.#json(
      'listAllEvents',
      'GET',
      `/v1/admin/events${searchOf(request)}`,
    );
  }

  async exportEvents(filter: ApiKeyEventFilter = {}): Promise<Blob> {
    return this.#csv(`/v1/admin/events.csv${searchOf(filter)}`);
  }

  async listAllKeys(request: ListAllApiKeysRequest = {}): Promise<ApiKeyPage> {
    return this.#json(
      'listAllKeys',
      'GET',
      `/v1/admin/keys${searchOf(request)}`,
    );
  }

  async exportKeys(filter: ApiKeyFilter = {}): Promise<Blob> {
    return this.#csv(`/v1/admin/keys.csv${searchOf(filter)}`);
  }

  async getSummary(): Promise<ApiKeySummary> {
    return this.#json('getSummary', 'GET', '/v1/admin/summary');
  }

  async listUpcomingWarnings(
    request: ListUpcomingApiKeyWarningsRequest = {},
  ): Promise<ApiKeyUpcomingWarningPage> {
    return this.#json(
      'listUpcomingWarnings',
      'GET',
      `/v1/admin/warnings${searchOf(request)}`,
    );
  }

  async introspectSecret({
    token,
    clientIp,
  }: IntrospectSecretRequest): Promise<ApiKeyIntrospection> {
    const form = new URLSearchParams({ token });
    if (clientIp !== undefined) form.set('client_ip', clientIp);
    return this.#json('introspectSecret', 'POST', '/v1/introspect', form);
  }

  async lookUpSecret(token: string): Promise<ApiKey> {
    return this.#json('lookUpSecret', 'POST', '/v1/admin/lookup', { token });
  }

  async revokeKeys(
    request: RevokeApiKeysRequest,
  ): Promise<RevokeApiKeysResult> {
    return this.#json('revokeKeys', 'POST', '/v1/admin/revoke', request);
  }

  async transferKeys(
    request: TransferApiKeysRequest,
  ): Promise<TransferApiKeysResult> {
    return this.#json('transferKeys', 'POST', '/v1/admin/transfer', request);
  }

  async setKeyExpiry(
    id: string,
    request: SetApiKeyExpiryRequest,
  ): Promise<ApiKey> {
    const path = `/v1/admin/keys/${encodeURIComponent(id)}`;
    return this.#json('setKeyExpiry', 'PATCH', path, request);
  }

  async listOwnerPolicies(): Promise<ApiKeyOwnerPolicies> {
    return this.#json('listOwnerPolicies', 'GET', '/v1/admin/policies');
  }

  async getOwnerPolicy(owner: string): Promise<ApiKeyOwnerPolicy> {
    return this.#json('getOwnerPolicy', 'GET', ownerPolicyPath(owner));
  }

  async setOwnerPolicy(
    owner: string,
    override: ApiKeyPolicyOverride,
  ): Promise<ApiKeyOwnerPolicy> {
    return this.#json(
      'setOwnerPolicy',
      'PUT',
      ownerPolicyPath(owner),
      override,
    );
  }

  async removeOwnerPolicy(owner: string): Promise<void> {
    return this.#delete(ownerPolicyPath(owner));
  }

  async confirmOwnerAsAdmin(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult> {
    const path = `/v1/admin/owners/${encodeURIComponent(owner)}/identity`;
    return this.#json('confirmOwnerAsAdmin', 'POST', path, request);
  }

  async #json<T>(
    operation: JsonOperation,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> {
    return readJson(operation, await this.#request(method, path, body));
  }

  async #csv(path: string): Promise<Blob> {
    return readCsv(await this.#request('GET', path));
  }

  async #delete(path: string): Promise<void> {
    expectNoContent(await this.#request('DELETE', path));
  }

  async #request(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<Response> {
    // The backend would refuse it, after all logs on the way have it.
    if (containsSecret(path)) {
      throw new InputError('The secret of an API key must not be in a URL');
    }
    const baseUrl = await this.#discoveryApi.getBaseUrl('api-keys');
    const response = await this.#fetchApi.fetch(`${baseUrl}${path}`, {
      method,
      ...(body === undefined ? {} : encode(body)),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response;
  }
}

/** A form is sent as one, everything else as JSON. */
function encode(body: unknown): Pick<RequestInit, 'headers' | 'body'> {
  if (!(body instanceof URLSearchParams)) {
    const headers = { 'Content-Type': 'application/json' };
    return { headers, body: JSON.stringify(body) };
  }
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return { headers, body: body.toString() };
}

function ownerPolicyPath(owner: string): string {
  return `/v1/admin/owners/${encodeURIComponent(owner)}/policy`;
}

/** The fields that are there as a query; lists repeat the parameter. */
function searchOf(
  fields: Record<string, string | number | boolean | string[] | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    for (const one of [value].flat()) query.append(name, String(one));
  }
  const search = query.toString();
  return search && `?${search}`;
}
