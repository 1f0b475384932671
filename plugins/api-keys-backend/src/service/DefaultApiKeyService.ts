import { NotFoundError } from '@backstage/errors';
import {
  ApiKeyPolicy,
  ApiKeyRevokedReason,
} from 'backstage-plugin-api-keys-common';
import { isWellFormedSecret } from 'backstage-plugin-api-keys-node';
import { ApiKeysConfig } from '../config';
import {
  ApiKeyStore,
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyScope,
} from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { resolveShorterExpiry } from '../lifecycle/expiry';
import { isDead, statusOf } from '../lifecycle/status';
import { toIsoDuration } from '../lifecycle/time';
import { SecretDigests } from '../secret/SecretDigests';
import {
  IssuedKey,
  KeyUpdateRequest,
  NewKeyRequest,
  RotationRequest,
} from './ApiKeyService';
import { noLongerAccepted, noSuchKey } from './errors';
import { KeyIssuer } from './KeyIssuer';

/** The lifecycle of keys: knows neither HTTP nor SQL, nor who may do what. */
export class DefaultApiKeyService {
  readonly #config: ApiKeysConfig;
  readonly #store: ApiKeyStore;
  readonly #digests: SecretDigests;
  readonly #issuer: KeyIssuer;

  constructor(options: {
    config: ApiKeysConfig;
    store: ApiKeyStore;
    digests: SecretDigests;
  }) {
    this.#config = options.config;
    this.#store = options.store;
    this.#digests = options.digests;
    this.#issuer = new KeyIssuer(options);
  }

  async getPolicy(owner: string): Promise<ApiKeyPolicy> {
    const { lifetime, inactivity, limits, secret } = this.#config;
    return {
      lifetime: {
        default: toIsoDuration(lifetime.default),
        max: toIsoDuration(lifetime.max),
        allowUnlimited: lifetime.allowUnlimited,
      },
      inactivity: {
        default: isoOrNull(inactivity.default),
        max: isoOrNull(inactivity.max),
      },
      limits: {
        keysPerOwner: limits.keysPerOwner,
        keysInUse: await this.#store.countActive(owner, Date.now()),
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

  async findByIds(ids: readonly string[]): Promise<ApiKeyRecord[]> {
    return this.#store.findByIds(ids);
  }

  async get(scope: KeyScope, id: string): Promise<ApiKeyRecord> {
    const key = await this.#store.findById(id, scope);
    if (!key) throw noSuchKey(id);
    return key;
  }

  async exists(scope: KeyScope, id: string): Promise<boolean> {
    return (await this.#store.findById(id, scope)) !== undefined;
  }

  async listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    return this.#store.listEvents(filter, page);
  }

  async create(owner: string, request: NewKeyRequest): Promise<IssuedKey> {
    return this.#issuer.create(owner, request);
  }

  async rotate(
    key: ApiKeyRecord,
    request: RotationRequest,
    by: string,
  ): Promise<IssuedKey> {
    return this.#issuer.rotate(key, request, by);
  }

  async update(
    { id, owner }: ApiKeyRecord,
    request: KeyUpdateRequest,
    by: string,
  ): Promise<ApiKeyRecord> {
    const { expiresAt, ...texts } = request;
    return this.#store.withKeysOf(owner, async keys => {
      const now = Date.now();
      const key = await keys.find(id);
      if (!key) throw noSuchKey(id);
      if (isDead(key, now)) throw noLongerAccepted(key, now, 'changed');
      const changes = {
        ...texts,
        expiresAt:
          expiresAt === undefined
            ? undefined
            : resolveShorterExpiry(key.expiresAt, expiresAt, now),
      };
      return keys.change(key, changes, by, now);
    });
  }

  async keepAlive(
    { id, owner }: ApiKeyRecord,
    by: string,
  ): Promise<ApiKeyRecord> {
    return this.#store.withKeysOf(owner, async keys => {
      const now = Date.now();
      const key = await keys.find(id);
      if (!key) throw noSuchKey(id);
      if (isDead(key, now)) throw noLongerAccepted(key, now, 'kept alive');
      if (statusOf(key, now) === 'inactive') {
        await this.#issuer.requireRoom(keys, owner, now);
      }
      await keys.apply([{ type: 'keep-alive', keyId: id, by }], now);
      return { ...key, keptAliveAt: now };
    });
  }

  async revoke(key: ApiKeyRecord, by: string): Promise<void> {
    await this.revokeFor(key, { by, reason: 'owner' });
  }

  /** Ends the keys that these are the secrets of. Says nothing about which there are. */
  async revokeSecrets(secrets: readonly string[]): Promise<void> {
    for (const secret of new Set(secrets)) {
      const key = await this.#findBySecret(secret);
      if (key) await this.revokeFor(key, { reason: 'leaked' });
    }
  }

  /** Whose key a secret is of. Looking is no use of the key. */
  async lookUp(secret: string): Promise<ApiKeyRecord> {
    const key = await this.#findBySecret(secret);
    if (!key) throw new NotFoundError('No API key has this secret');
    return key;
  }

  /** @returns whether this is what ended it */
  async revokeFor(
    { id, owner }: ApiKeyRecord,
    revocation: { by?: string; reason: ApiKeyRevokedReason },
  ): Promise<boolean> {
    const applied = await this.#store.withKeysOf(owner, keys =>
      keys.apply([{ type: 'revoke', keyId: id, ...revocation }], Date.now()),
    );
    return applied > 0;
  }

  async #findBySecret(secret: string): Promise<ApiKeyRecord | undefined> {
    if (!isWellFormedSecret(secret)) return undefined;
    return this.#store.findByDigest(this.#digests.candidates(secret));
  }
}

function isoOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : toIsoDuration(milliseconds);
}
