import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node';
import { ApiKeysConfig } from '../config';
import {
  ApiKeyStore,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyScope,
} from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { resolveExpiry, resolveShorterExpiry } from '../lifecycle/expiry';
import { statusOf } from '../lifecycle/status';
import { toIsoDuration } from '../lifecycle/time';
import { SecretDigests } from '../secret/SecretDigests';
import { IssuedKey, KeyUpdateRequest, NewKeyRequest } from './ApiKeyService';

/** The lifecycle of keys: knows neither HTTP nor SQL, nor who may do what. */
export class DefaultApiKeyService {
  readonly #config: ApiKeysConfig;
  readonly #store: ApiKeyStore;
  readonly #digests: SecretDigests;

  constructor(options: {
    config: ApiKeysConfig;
    store: ApiKeyStore;
    digests: SecretDigests;
  }) {
    this.#config = options.config;
    this.#store = options.store;
    this.#digests = options.digests;
  }

  async getPolicy(owner: string): Promise<ApiKeyPolicy> {
    const { lifetime, limits, secret } = this.#config;
    return {
      lifetime: {
        default: toIsoDuration(lifetime.default),
        max: toIsoDuration(lifetime.max),
        allowUnlimited: lifetime.allowUnlimited,
      },
      limits: {
        keysPerOwner: limits.keysPerOwner,
        keysInUse: await this.#store.countAccepted(owner, Date.now()),
      },
      secretPrefix: secret.prefix,
    };
  }

  async list(
    scope: KeyScope,
    filter: KeyFilter,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    return this.#store.list(scope, filter, page, Date.now());
  }

  async get(scope: KeyScope, id: string): Promise<ApiKeyRecord> {
    const key = await this.#store.findById(id, scope);
    if (!key) throw noSuchKey(id);
    return key;
  }

  /** The one place where secrets are made. */
  async issue(owner: string, request: NewKeyRequest): Promise<IssuedKey> {
    const now = Date.now();
    const secret = generateSecret(this.#config.secret.prefix);
    const id = randomUUID();
    const key: ApiKeyRecord = {
      id,
      name: request.name,
      description: request.description,
      owner,
      subject: owner,
      createdBy: owner,
      createdAt: now,
      expiresAt: resolveExpiry(this.#config.lifetime, request, now),
      useCount: 0,
      hint: secret.slice(-4),
      familyId: id,
    };
    await this.#store.insert(key, {
      secretDigest: this.#digests.sign(secret),
      maxAccepted: this.#config.limits.keysPerOwner,
    });
    return { key, secret };
  }

  async update(
    key: ApiKeyRecord,
    request: KeyUpdateRequest,
  ): Promise<ApiKeyRecord> {
    const now = Date.now();
    const { expiresAt, ...texts } = request;
    const changed = await this.#store.update(
      key.id,
      {
        ...texts,
        expiresAt:
          expiresAt === undefined
            ? undefined
            : resolveShorterExpiry(key.expiresAt, expiresAt, now),
      },
      now,
    );
    if (!changed) {
      const current = await this.#store.findById(key.id);
      throw current
        ? new ConflictError(
            `The API key is ${statusOf(
              current,
              now,
            )} and cannot be changed any more`,
          )
        : noSuchKey(key.id);
    }
    return changed;
  }

  async revoke(key: ApiKeyRecord, by: string): Promise<void> {
    await this.#store.revoke(key.id, { at: Date.now(), by, reason: 'owner' });
  }
}

function noSuchKey(id: string) {
  return new NotFoundError(`There is no API key with the id ${id}`);
}
