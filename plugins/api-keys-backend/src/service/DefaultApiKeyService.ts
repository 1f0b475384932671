import { randomUUID } from 'node:crypto';
import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  ApiKeyPolicy,
  ApiKeyRevokedReason,
} from 'backstage-plugin-api-keys-common';
import {
  generateSecret,
  isWellFormedSecret,
} from 'backstage-plugin-api-keys-node';
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
  OwnedKeys,
} from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import {
  resolveExpiry,
  resolveShorterExpiry,
  resolveSuccessorExpiry,
} from '../lifecycle/expiry';
import {
  resolveInactivityTimeout,
  successorInactivityTimeout,
} from '../lifecycle/inactivity';
import { isDead, statusOf } from '../lifecycle/status';
import { toIsoDuration } from '../lifecycle/time';
import { planRotation } from '../lifecycle/transitions';
import { SecretDigests } from '../secret/SecretDigests';
import {
  IssuedKey,
  KeyUpdateRequest,
  NewKeyRequest,
  RotationRequest,
} from './ApiKeyService';

/** What is decided about a key before it is issued. */
type KeyDesign = Pick<
  ApiKeyRecord,
  | 'id'
  | 'name'
  | 'description'
  | 'owner'
  | 'subject'
  | 'createdBy'
  | 'createdAt'
  | 'expiresAt'
  | 'inactivityTimeout'
  | 'familyId'
  | 'predecessorId'
>;

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

  async listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    return this.#store.listEvents(filter, page);
  }

  async create(owner: string, request: NewKeyRequest): Promise<IssuedKey> {
    return this.#store.withKeysOf(owner, async keys => {
      const now = Date.now();
      const id = randomUUID();
      return this.#issue(keys, {
        id,
        name: request.name,
        description: request.description,
        owner,
        subject: owner,
        createdBy: owner,
        createdAt: now,
        expiresAt: resolveExpiry(this.#config.lifetime, request, now),
        inactivityTimeout: resolveInactivityTimeout(
          this.#config.inactivity,
          request.inactivityTimeout,
          this.#config.lastUsed.resolution,
        ),
        familyId: id,
      });
    });
  }

  async rotate(
    { id, owner, familyId }: ApiKeyRecord,
    request: RotationRequest,
    by: string,
  ): Promise<IssuedKey> {
    return this.#store.withKeysOf(owner, async keys => {
      const now = Date.now();
      const family = await keys.family(familyId);
      const successorId = randomUUID();
      const transitions = planRotation(family, id, now, {
        by,
        successorId,
        overlap: request.overlap ?? 'until-first-use',
        maxOverlap: this.#config.rotation.maxOverlap,
      });
      const key = family.find(member => member.id === id);
      if (!key) throw noSuchKey(id);
      if (!transitions) throw noLongerAccepted(key, now, 'rotated');

      await keys.apply(transitions, now);
      return this.#issue(keys, {
        id: successorId,
        name: key.name,
        description: key.description,
        owner,
        subject: key.subject,
        createdBy: by,
        createdAt: now,
        expiresAt: resolveSuccessorExpiry(
          this.#config.lifetime,
          key,
          request,
          now,
        ),
        inactivityTimeout: successorInactivityTimeout(
          this.#config.inactivity,
          key.inactivityTimeout,
        ),
        familyId,
        predecessorId: id,
      });
    });
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
        await this.#requireRoom(keys, owner, now);
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
      if (!isWellFormedSecret(secret)) continue;
      const digests = this.#digests.candidates(secret);
      const key = await this.#store.findByDigest(digests);
      if (key) await this.revokeFor(key, { reason: 'leaked' });
    }
  }

  /** Whose key a secret is of. Looking is no use of the key. */
  async lookUp(secret: string): Promise<ApiKeyRecord> {
    const key = isWellFormedSecret(secret)
      ? await this.#store.findByDigest(this.#digests.candidates(secret))
      : undefined;
    if (!key) throw new NotFoundError('No API key has this secret');
    return key;
  }

  async revokeFor(
    { id, owner }: ApiKeyRecord,
    revocation: { by?: string; reason: ApiKeyRevokedReason },
  ): Promise<void> {
    await this.#store.withKeysOf(owner, keys =>
      keys.apply([{ type: 'revoke', keyId: id, ...revocation }], Date.now()),
    );
  }

  /** The one place where secrets are made. */
  async #issue(keys: OwnedKeys, design: KeyDesign): Promise<IssuedKey> {
    await this.#requireRoom(keys, design.owner, design.createdAt);
    const secret = generateSecret(this.#config.secret.prefix);
    const key = { ...design, useCount: 0, hint: secret.slice(-4) };
    await keys.insert(key, this.#digests.sign(secret));
    return { key, secret };
  }

  async #requireRoom(keys: OwnedKeys, owner: string, now: number) {
    const { keysPerOwner } = this.#config.limits;
    const active = await keys.countActive(now);
    if (active >= keysPerOwner) {
      throw new ConflictError(
        `${owner} has ${active} API keys, and may have ${keysPerOwner}; revoke one first`,
      );
    }
  }
}

function isoOrNull(milliseconds: number | undefined): string | null {
  return milliseconds === undefined ? null : toIsoDuration(milliseconds);
}

function noSuchKey(id: string) {
  return new NotFoundError(`There is no API key with the id ${id}`);
}

function noLongerAccepted(key: ApiKeyRecord, now: number, what: string) {
  return new ConflictError(
    `The API key is ${statusOf(key, now)} and cannot be ${what} any more`,
  );
}
