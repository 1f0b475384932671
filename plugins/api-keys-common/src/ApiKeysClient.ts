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
 * Typed HTTP API of the backend plugin. Every method throws a `ResponseError` of `@backstage/errors` for an error response, and
 * an `UnexpectedAnswerError` for an answer that does not match the API's schema.
 *
 * @public
 */
export interface ApiKeysApi {
  /** Returns the limits that apply to new keys of an owner: the caller by default, or one of the caller's groups. */
  getPolicy(owner?: string): Promise<ApiKeyPolicy>;
  /** Lists the caller's keys, a page at a time. */
  listKeys(request?: ListApiKeysRequest): Promise<ApiKeyPage>;
  getKey(id: string): Promise<ApiKey>;
  /** Returns the caller's key that a secret belongs to. */
  lookUpKey(token: string): Promise<ApiKey>;
  /** Lists the events of a key, latest first, a page at a time. */
  listKeyEvents(
    id: string,
    page?: { limit?: number; cursor?: string },
  ): Promise<ApiKeyEventPage>;
  /** Counts the uses of a key in the last days (default: 30), by day and plugin. */
  getKeyUsage(id: string, period?: { days?: number }): Promise<ApiKeyUsage>;
  /** Counts the uses of at most 200 of the caller's keys in the last days (default: 30), by key and day. */
  listUsage(
    keyIds: string[],
    period?: { days?: number },
  ): Promise<ApiKeysUsage>;
  /** Checks if a key may be used for a plugin, optionally for one permission, and names the reason. */
  checkKey(id: string, request: CheckApiKeyRequest): Promise<ApiKeyCheck>;
  /**
   * Lists everybody's keys that carry a scope, without those that have ended permanently, latest first, a page at a time. For
   * admins, and for the owners of the scope's API.
   */
  listScopeKeys(
    scope: string,
    page?: { limit?: number; cursor?: string },
  ): Promise<ApiKeyScopeHolderPage>;
  /** Creates a key. Only this answer contains the secret. */
  createKey(request: CreateApiKeyRequest): Promise<CreatedApiKey>;
  updateKey(id: string, request: UpdateApiKeyRequest): Promise<ApiKey>;
  /** Replaces a key with a new one. Only this answer contains the secret. */
  rotateKey(id: string, request?: RotateApiKeyRequest): Promise<CreatedApiKey>;
  /** Restarts the inactivity timeout of a key, including one that is already inactive. */
  keepKeyAlive(id: string): Promise<ApiKey>;
  /** Revokes a key and the keys that it created, immediately and permanently. Revoking a revoked key is no error. */
  revokeKey(id: string): Promise<void>;
  /** Returns what else ends if a key is revoked. */
  previewRevocation(id: string): Promise<ApiKeyRevocation>;
  /**
   * Lists the owners, out of the caller and the caller's groups, that need a confirmation because they may not be the same
   * entity as before.
   */
  listUnconfirmedOwners(): Promise<ApiKeyUnconfirmedOwners>;
  /** Confirms that the keys of the caller, or of a group of the caller, still belong to that owner, or revokes them. */
  confirmOwner(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult>;
  /** Lists everybody's keys, a page at a time. For admins. */
  listAllKeys(request?: ListAllApiKeysRequest): Promise<ApiKeyPage>;
  /** Exports everybody's keys as CSV, with a header line. For admins. */
  exportKeys(filter?: ApiKeyFilter): Promise<Blob>;
  /** Returns statistics of everybody's keys. For admins. */
  getSummary(): Promise<ApiKeySummary>;
  /** Lists the events of everybody's keys, latest first. For admins. */
  listAllEvents(request?: ListApiKeyEventsRequest): Promise<ApiKeyEventPage>;
  /** Exports the events of everybody's keys as CSV, with a header line, oldest first. For admins. */
  exportEvents(filter?: ApiKeyEventFilter): Promise<Blob>;
  /** Lists the warnings that will be sent, soonest first, a page at a time. For admins. */
  listUpcomingWarnings(
    request?: ListUpcomingApiKeyWarningsRequest,
  ): Promise<ApiKeyUpcomingWarningPage>;
  /**
   * Checks if a secret is accepted, and for what. Counts as a use of its key. For callers with the permission
   * `api-keys.introspect`.
   */
  introspectSecret(
    request: IntrospectSecretRequest,
  ): Promise<ApiKeyIntrospection>;
  /** Returns the key that a secret belongs to. For admins. */
  lookUpSecret(token: string): Promise<ApiKey>;
  /** Revokes many keys at once. For admins. */
  revokeKeys(request: RevokeApiKeysRequest): Promise<RevokeApiKeysResult>;
  /** Transfers keys to a group. From then on they act as the group. For admins. */
  transferKeys(request: TransferApiKeysRequest): Promise<TransferApiKeysResult>;
  /** Sets when a key expires. For admins. */
  setKeyExpiry(id: string, request: SetApiKeyExpiryRequest): Promise<ApiKey>;
  /** Returns the configured policy and the overrides for users and groups. For admins. */
  listOwnerPolicies(): Promise<ApiKeyOwnerPolicies>;
  /** Returns the policy of a user or group, by entity ref. For admins. */
  getOwnerPolicy(owner: string): Promise<ApiKeyOwnerPolicy>;
  /** Replaces the overrides of a user or group, where its policy differs from the configured one. For admins. */
  setOwnerPolicy(
    owner: string,
    override: ApiKeyPolicyOverride,
  ): Promise<ApiKeyOwnerPolicy>;
  /** Removes the overrides of a user or group, so that the configured policy applies again. For admins. */
  removeOwnerPolicy(owner: string): Promise<void>;
  /** Confirms that the keys of an owner still belong to that owner, or revokes them. For admins. */
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
    // The backend would reject it, but only after every log on the way has recorded it.
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

/** Sends a form as form data, everything else as JSON. */
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

/** Returns the defined fields as a query string; a list repeats its parameter. */
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
