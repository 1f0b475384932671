import {
  AlsoRevokedApiKeys,
  allowsPermission,
  allowsPlugin,
  ApiKey,
  ApiKeyCheck,
  ApiKeyEvent,
  ApiKeyEventFilter,
  ApiKeyEventPage,
  ApiKeyFilter,
  ApiKeyIntrospection,
  ApiKeyPage,
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicies,
  ApiKeyOwnerPolicy,
  ApiKeyPolicy,
  ApiKeyPolicyOverride,
  ApiKeyRevocation,
  ApiKeyRevokedReason,
  ApiKeyScopeHolder,
  ApiKeyScopeHolderPage,
  ApiKeysApi,
  ApiKeysUsage,
  ApiKeySummary,
  ApiKeyUnconfirmedOwner,
  ApiKeyUnconfirmedOwners,
  ApiKeyUpcomingWarning,
  ApiKeyUpcomingWarningPage,
  ApiKeyUsage,
  CheckApiKeyRequest,
  ConfirmApiKeyOwnerRequest,
  ConfirmApiKeyOwnerResult,
  CreateApiKeyRequest,
  CreatedApiKey,
  IntrospectSecretRequest,
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
} from 'backstage-plugin-api-keys-common';
import { DateTime, Duration } from 'luxon';
import { eventPage, passesEvent } from './events';
import { HiddenFacts, passes, summarize } from './inventory';
import { aKey, aPolicy, refusal, revoked } from './keys';
import {
  anOverride,
  describePolicy,
  theConfiguredPolicy,
} from './ownerPolicies';

type Method = keyof ApiKeysApi;

/** In-memory backend. Records its calls, and can be set to fail or to hang. */
export class FakeApiKeysApi implements ApiKeysApi {
  /** Every call, as the method and its arguments. */
  readonly calls: { method: Method; args: unknown[] }[] = [];
  secret = 'bsk_0123456789abcdefghijABCDEFGHIJ0123456789abcXYZ0Q';
  /** Events of all keys, latest first. */
  events: ApiKeyEvent[] = [];
  /** Warnings that will be sent, soonest first. */
  upcomingWarnings: ApiKeyUpcomingWarning[] = [];
  /** Uses that every key returns. */
  usage: ApiKeyUsage['items'] = [];
  facts: HiddenFacts = { cutShort: [], ownerMissing: [], rotatedOutSeen: [] };
  /** Owners that need a confirmation: the user or groups of the user. */
  unconfirmedOwners: ApiKeyUnconfirmedOwner[] = [];
  /** How often keys were used, by key and day. */
  uses: ApiKeysUsage['items'] = [];
  /** Policies of the user's groups. */
  policies: ApiKeyPolicy[] = [];
  /** Overrides the page size that the caller asks for. */
  pageSize = Infinity;
  /** Limits that apply to every owner. */
  configured = theConfiguredPolicy();
  /** Overrides that admins have set for users and groups. */
  overrides: ApiKeyOwnerOverride[] = [];

  readonly #failures = new Map<Method, Error>();
  readonly #gates = new Map<Method, Promise<void>>();

  constructor(
    public keys: ApiKey[] = [],
    public policy: ApiKeyPolicy = aPolicy(),
  ) {}

  /** Makes a method fail until it is called again with `undefined`. */
  fail(method: Method, error: Error | undefined) {
    if (error) this.#failures.set(method, error);
    else this.#failures.delete(method);
  }

  /** Delays the answers of a method until the returned function is called. */
  hold(method: Method): () => void {
    let release = () => {};
    this.#gates.set(
      method,
      new Promise<void>(resolve => {
        release = resolve;
      }),
    );
    return () => {
      this.#gates.delete(method);
      release();
    };
  }

  callsOf(method: Method): unknown[][] {
    return this.calls.filter(c => c.method === method).map(c => c.args);
  }

  async getPolicy(owner?: string): Promise<ApiKeyPolicy> {
    await this.#enter('getPolicy', ...(owner === undefined ? [] : [owner]));
    return this.policies.find(each => each.owner === owner) ?? this.policy;
  }

  async listKeys(request: ListApiKeysRequest = {}): Promise<ApiKeyPage> {
    await this.#enter('listKeys', request);
    return this.#page(request);
  }

  async lookUpKey(token: string): Promise<ApiKey> {
    await this.#enter('lookUpKey', token);
    const key = this.keys.find(({ hint }) => token.endsWith(hint));
    if (!key) throw await refusal(404, 'NotFoundError', 'No key has it');
    return key;
  }

  async getKey(id: string): Promise<ApiKey> {
    await this.#enter('getKey', id);
    return this.#find(id);
  }

  async listKeyEvents(
    id: string,
    page: { limit?: number; cursor?: string } = {},
  ): Promise<ApiKeyEventPage> {
    await this.#enter('listKeyEvents', id, page);
    return eventPage(this.events, { ...page, keyId: id });
  }

  async getKeyUsage(
    id: string,
    period: { days?: number } = {},
  ): Promise<ApiKeyUsage> {
    await this.#enter('getKeyUsage', id, period);
    return { items: this.usage };
  }

  async listUsage(
    keyIds: string[],
    period: { days?: number } = {},
  ): Promise<ApiKeysUsage> {
    await this.#enter('listUsage', keyIds, period);
    return { items: this.uses.filter(({ keyId }) => keyIds.includes(keyId)) };
  }

  async checkKey(
    id: string,
    request: CheckApiKeyRequest,
  ): Promise<ApiKeyCheck> {
    await this.#enter('checkKey', id, request);
    const key = this.#find(id);
    if (!['active', 'retiring'].includes(key.status)) {
      return verdict('deny', 'status', `The API key is ${key.status}`);
    }
    const isAllowed = request.permission
      ? allowsPermission(key, request.plugin, {
          name: request.permission,
          attributes: {},
        })
      : allowsPlugin(key, request.plugin);
    return isAllowed
      ? verdict('allow', 'policy', 'The permission policy allows it')
      : verdict('deny', 'restriction', 'The API key must not be used for it');
  }

  async listScopeKeys(
    scope: string,
    page: { limit?: number; cursor?: string } = {},
  ): Promise<ApiKeyScopeHolderPage> {
    await this.#enter('listScopeKeys', scope, page);
    const { items, ...rest } = this.#page({
      ...page,
      scope,
      status: ['active', 'retiring', 'inactive'],
    });
    return { items: items.map(toHolder), ...rest };
  }

  async createKey(request: CreateApiKeyRequest): Promise<CreatedApiKey> {
    await this.#enter('createKey', request);
    const key = aKey({
      id: `made-${this.keys.length + 1}`,
      name: request.name,
      description: request.description ?? null,
      owner: request.owner ?? this.policy.owner,
      accessRestrictions: request.accessRestrictions ?? null,
      allowedIps: request.allowedIps ?? null,
      scopes: request.scopes ?? [],
      createdAt: new Date().toISOString(),
      hint: this.secret.slice(-4),
    });
    this.keys = [key, ...this.keys];
    const { missingOwnership } = this.policy;
    return { key, secret: this.secret, missingOwnership };
  }

  async updateKey(id: string, request: UpdateApiKeyRequest): Promise<ApiKey> {
    await this.#enter('updateKey', id, request);
    return this.#replace({ ...this.#find(id), ...request });
  }

  async keepKeyAlive(id: string): Promise<ApiKey> {
    await this.#enter('keepKeyAlive', id);
    return this.#find(id);
  }

  async rotateKey(
    id: string,
    request: RotateApiKeyRequest = {},
  ): Promise<CreatedApiKey> {
    await this.#enter('rotateKey', id, request);
    const old = this.#find(id);
    const key = aKey({
      ...old,
      id: `made-${this.keys.length + 1}`,
      predecessorId: id,
      rotatedBy: 'owner',
    });
    this.#replace({ ...old, status: 'retiring', successorId: key.id });
    this.keys = [key, ...this.keys];
    const { missingOwnership } = this.policy;
    return { key, secret: this.secret, missingOwnership };
  }

  async revokeKey(id: string): Promise<void> {
    await this.#enter('revokeKey', id);
    this.#revokeAll([this.#find(id)], 'owner');
  }

  async previewRevocation(id: string): Promise<ApiKeyRevocation> {
    await this.#enter('previewRevocation', id);
    return { alsoRevoked: asAlsoRevoked(this.#madeBy([this.#find(id)])) };
  }

  async listAllEvents(
    request: ListApiKeyEventsRequest = {},
  ): Promise<ApiKeyEventPage> {
    await this.#enter('listAllEvents', request);
    return eventPage(this.events, request);
  }

  async exportEvents(filter: ApiKeyEventFilter = {}): Promise<Blob> {
    await this.#enter('exportEvents', filter);
    const types = this.events.filter(passesEvent(filter)).map(e => e.type);
    return new Blob([['type', ...types].join('\r\n')], { type: 'text/csv' });
  }

  async listAllKeys(request: ListAllApiKeysRequest = {}): Promise<ApiKeyPage> {
    await this.#enter('listAllKeys', request);
    return this.#page(request);
  }

  async exportKeys(filter: ApiKeyFilter = {}): Promise<Blob> {
    await this.#enter('exportKeys', filter);
    const names = this.keys
      .filter(passes(filter, this.facts))
      .map(({ name }) => name);
    return new Blob([['name', ...names].join('\r\n')], { type: 'text/csv' });
  }

  async getSummary(): Promise<ApiKeySummary> {
    await this.#enter('getSummary');
    return summarize(this.keys);
  }

  async introspectSecret({
    token,
  }: IntrospectSecretRequest): Promise<ApiKeyIntrospection> {
    await this.#enter('introspectSecret', token);
    return { active: false };
  }

  async lookUpSecret(token: string): Promise<ApiKey> {
    await this.#enter('lookUpSecret', token);
    const key = this.keys.find(({ hint }) => token.endsWith(hint));
    if (!key) throw await refusal(404, 'NotFoundError', 'No key has it');
    return key;
  }

  async setKeyExpiry(
    id: string,
    { expiresAt }: SetApiKeyExpiryRequest,
  ): Promise<ApiKey> {
    await this.#enter('setKeyExpiry', id, expiresAt);
    return this.#replace({ ...this.#find(id), expiresAt });
  }

  async revokeKeys(
    request: RevokeApiKeysRequest,
  ): Promise<RevokeApiKeysResult> {
    await this.#enter('revokeKeys', request);
    const { ids, filter = {}, reason, limit, dryRun } = request;
    const found = this.keys
      .filter(({ status }) => status !== 'revoked')
      .filter(ids ? ({ id }) => ids.includes(id) : passes(filter, this.facts))
      .slice(0, limit);
    const asked = ids ? this.keys.filter(({ id }) => ids.includes(id)) : found;
    const alsoRevoked = asAlsoRevoked(this.#madeBy(asked));
    if (!dryRun) this.#revokeAll(asked, reason);
    const revokedKeys = dryRun ? 0 : found.length;
    return { matched: found.length, revoked: revokedKeys, alsoRevoked };
  }

  async transferKeys(
    request: TransferApiKeysRequest,
  ): Promise<TransferApiKeysResult> {
    await this.#enter('transferKeys', request);
    const { ids, filter = {}, owner, dryRun } = request;
    const found = this.keys.filter(
      ids ? ({ id }) => ids.includes(id) : passes(filter, this.facts),
    );
    const [ended, living] = [true, false].map(isEnded =>
      found.filter(
        ({ status }) => ['revoked', 'expired'].includes(status) === isEnded,
      ),
    );
    const refused = ids
      ? ended.map(({ id, status }) => ({
          id,
          reason: `The API key is ${status} and cannot be transferred any more`,
        }))
      : [];
    if (!dryRun) {
      living.forEach(key => this.#replace({ ...key, owner, subject: owner }));
    }
    return {
      matched: living.length + refused.length,
      transferred: dryRun ? 0 : living.length,
      refused: refused.slice(0, 100),
    };
  }

  async listUpcomingWarnings(
    request: ListUpcomingApiKeyWarningsRequest = {},
  ): Promise<ApiKeyUpcomingWarningPage> {
    await this.#enter('listUpcomingWarnings', request);
    const { within = 'P14D', limit = 50, cursor = '0' } = request;
    const until = DateTime.now().plus(Duration.fromISO(within));
    const found = this.upcomingWarnings.filter(
      ({ dueAt }) => DateTime.fromISO(dueAt) <= until,
    );
    const start = Number(cursor);
    const end = start + Math.min(limit, this.pageSize);
    return {
      items: found.slice(start, end),
      totalItems: found.length,
      totalIsCapped: false,
      pageInfo: end < found.length ? { nextCursor: `${end}` } : {},
    };
  }

  async listOwnerPolicies(): Promise<ApiKeyOwnerPolicies> {
    await this.#enter('listOwnerPolicies');
    const { configured, overrides: items } = this;
    return { configured, items, totalItems: items.length };
  }

  async getOwnerPolicy(owner: string): Promise<ApiKeyOwnerPolicy> {
    await this.#enter('getOwnerPolicy', owner);
    return this.#describePolicy(owner);
  }

  async setOwnerPolicy(
    owner: string,
    override: ApiKeyPolicyOverride,
  ): Promise<ApiKeyOwnerPolicy> {
    await this.#enter('setOwnerPolicy', owner, override);
    const others = this.overrides.filter(set => set.owner !== owner);
    this.overrides = [...others, anOverride(owner, override)];
    return this.#describePolicy(owner);
  }

  async removeOwnerPolicy(owner: string): Promise<void> {
    await this.#enter('removeOwnerPolicy', owner);
    this.overrides = this.overrides.filter(set => set.owner !== owner);
  }

  async listUnconfirmedOwners(): Promise<ApiKeyUnconfirmedOwners> {
    await this.#enter('listUnconfirmedOwners');
    return { items: this.unconfirmedOwners };
  }

  async confirmOwner(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult> {
    await this.#enter('confirmOwner', owner, request);
    return this.#confirm(owner);
  }

  async confirmOwnerAsAdmin(
    owner: string,
    request: ConfirmApiKeyOwnerRequest,
  ): Promise<ConfirmApiKeyOwnerResult> {
    await this.#enter('confirmOwnerAsAdmin', owner, request);
    return this.#confirm(owner);
  }

  #confirm(owner: string): ConfirmApiKeyOwnerResult {
    this.unconfirmedOwners = this.unconfirmedOwners.filter(
      one => one.owner !== owner,
    );
    this.facts.ownerUnconfirmed = [];
    const keys = this.keys.filter(key => key.owner === owner).length;
    return { owner, keys };
  }

  #describePolicy(owner: string): ApiKeyOwnerPolicy {
    const set = this.overrides.find(each => each.owner === owner);
    return describePolicy(owner, set, this.configured);
  }

  #page({ limit = 50, cursor, ...filter }: ListAllApiKeysRequest): ApiKeyPage {
    const found = this.keys.filter(passes(filter, this.facts));
    const start = Number(cursor ?? 0);
    const end = start + Math.min(limit, this.pageSize);
    return {
      items: found.slice(start, end),
      totalItems: found.length,
      totalIsCapped: false,
      pageInfo: end < found.length ? { nextCursor: `${end}` } : {},
    };
  }

  async #enter(method: Method, ...args: unknown[]) {
    this.calls.push({ method, args });
    await this.#gates.get(method);
    const failure = this.#failures.get(method);
    if (failure) throw failure;
  }

  #find(id: string): ApiKey {
    const key = this.keys.find(k => k.id === id);
    if (!key) throw new Error(`No key ${id}`);
    return key;
  }

  /** Finds the keys that the given ones created by rotating themselves, without those that are revoked. */
  #madeBy(keys: ApiKey[]): ApiKey[] {
    const made = this.keys.filter(
      key =>
        key.rotatedBy === 'key' &&
        keys.some(({ id }) => id === key.predecessorId) &&
        !keys.includes(key),
    );
    const all = made.length > 0 ? [...made, ...this.#madeBy(made)] : made;
    return all.filter(({ status }) => status !== 'revoked');
  }

  #revokeAll(keys: ApiKey[], reason: ApiKeyRevokedReason) {
    for (const key of [...keys, ...this.#madeBy(keys)]) {
      if (key.status !== 'revoked') this.#replace(revoked(key, reason));
    }
  }

  #replace(next: ApiKey): ApiKey {
    this.keys = this.keys.map(key => (key.id === next.id ? next : key));
    return next;
  }
}

function toHolder(key: ApiKey): ApiKeyScopeHolder {
  const { id, name, owner, subject, status } = key;
  const { createdAt, expiresAt, lastUsedAt } = key;
  return { id, name, owner, subject, status, createdAt, expiresAt, lastUsedAt };
}

function asAlsoRevoked(keys: ApiKey[]): AlsoRevokedApiKeys {
  return { items: keys, totalItems: keys.length };
}

function verdict(
  decision: ApiKeyCheck['decision'],
  rule: ApiKeyCheck['rule'],
  message: string,
): ApiKeyCheck {
  return { allowed: decision === 'allow', decision, rule, message };
}
