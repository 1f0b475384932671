import {
  ApiKey,
  ApiKeyEventPage,
  ApiKeyPage,
  ApiKeyPolicy,
  ApiKeysApi,
  CreateApiKeyRequest,
  CreatedApiKey,
  ListApiKeysRequest,
  RotateApiKeyRequest,
  UpdateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { aKey, aPolicy } from './keys';

type Method = keyof ApiKeysApi;

/** A backend in memory. It remembers what it was asked, and can be told to fail or to hang. */
export class FakeApiKeysApi implements ApiKeysApi {
  /** Every call, as the method and its arguments. */
  readonly calls: { method: Method; args: unknown[] }[] = [];
  secret = 'bsk_0123456789abcdefghijABCDEFGHIJ0123456789abcXYZ0Q';
  /** Overrides the page size that the caller asks for. */
  pageSize = Infinity;

  readonly #failures = new Map<Method, Error>();
  readonly #gates = new Map<Method, Promise<void>>();

  constructor(
    public keys: ApiKey[] = [],
    public policy: ApiKeyPolicy = aPolicy(),
  ) {}

  /** Makes a method fail until it is told otherwise. */
  fail(method: Method, error: Error | undefined) {
    if (error) this.#failures.set(method, error);
    else this.#failures.delete(method);
  }

  /** Holds back the answers of a method; call the result to let them go. */
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

  async getPolicy(): Promise<ApiKeyPolicy> {
    await this.#enter('getPolicy');
    return this.policy;
  }

  async listKeys(request: ListApiKeysRequest = {}): Promise<ApiKeyPage> {
    await this.#enter('listKeys', request);
    const q = request.q?.toLocaleLowerCase('en-US') ?? '';
    const found = this.keys.filter(
      key =>
        (!request.status || request.status.includes(key.status)) &&
        `${key.name}\n${key.description ?? ''}\n${key.hint}`
          .toLocaleLowerCase('en-US')
          .includes(q),
    );
    const start = Number(request.cursor ?? 0);
    const end = start + Math.min(request.limit ?? 50, this.pageSize);
    return {
      items: found.slice(start, end),
      totalItems: found.length,
      pageInfo: end < found.length ? { nextCursor: `${end}` } : {},
    };
  }

  async getKey(id: string): Promise<ApiKey> {
    await this.#enter('getKey', id);
    return this.#find(id);
  }

  async listKeyEvents(id: string): Promise<ApiKeyEventPage> {
    await this.#enter('listKeyEvents', id);
    return { items: [], totalItems: 0, pageInfo: {} };
  }

  async createKey(request: CreateApiKeyRequest): Promise<CreatedApiKey> {
    await this.#enter('createKey', request);
    const key = aKey({
      id: `made-${this.keys.length + 1}`,
      name: request.name,
      description: request.description ?? null,
      createdAt: new Date().toISOString(),
      hint: this.secret.slice(-4),
    });
    this.keys = [key, ...this.keys];
    return { key, secret: this.secret };
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
    });
    this.#replace({ ...old, status: 'retiring', successorId: key.id });
    this.keys = [key, ...this.keys];
    return { key, secret: this.secret };
  }

  async revokeKey(id: string): Promise<void> {
    await this.#enter('revokeKey', id);
    this.#replace({
      ...this.#find(id),
      status: 'revoked',
      revokedAt: new Date().toISOString(),
      revokedReason: 'owner',
    });
  }

  async listAllEvents(): Promise<ApiKeyEventPage> {
    await this.#enter('listAllEvents');
    return { items: [], totalItems: 0, pageInfo: {} };
  }

  // No page shows yet how keys are used, and what admins do.
  readonly getKeyUsage = notFaked;
  readonly listAllKeys = notFaked;
  readonly exportKeys = notFaked;
  readonly getSummary = notFaked;
  readonly lookUpSecret = notFaked;
  readonly revokeKeys = notFaked;
  readonly setKeyExpiry = notFaked;
  readonly getOwnerPolicy = notFaked;
  readonly setOwnerPolicy = notFaked;
  readonly removeOwnerPolicy = notFaked;

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

  #replace(next: ApiKey): ApiKey {
    this.keys = this.keys.map(key => (key.id === next.id ? next : key));
    return next;
  }
}

async function notFaked(): Promise<never> {
  throw new Error('FakeApiKeysApi does not know this method');
}
