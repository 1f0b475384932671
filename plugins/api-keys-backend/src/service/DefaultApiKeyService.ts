import { InputError } from '@backstage/errors';
import {
  ApiKeyPolicy,
  CreateApiKeyRequest,
  ownerKindOf,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import { ApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { DailyUsage, UsageOnDay } from '../lifecycle/UsageDelta';
import { OwnerKeysTransaction } from '../database/OwnerKeysTransaction';
import {
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyVisibility,
} from '../database/queries';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { lifetimeChosenBy } from '../lifecycle/chosenLifetime';
import { resolveNewExpiry, resolveShorterExpiry } from '../lifecycle/expiry';
import { missingOwnership } from '../lifecycle/ownership';
import { isTerminal, statusOf } from '../lifecycle/status';
import { DAY, startOfDay } from '../lifecycle/time';
import { Revocation, RevokedKeys } from '../lifecycle/transitions';
import { SecretDigests } from '../verification/SecretDigests';
import {
  Caller,
  IssuedKey,
  KeyCreator,
  KeyRotator,
  KeyUpdateRequest,
  Rotation,
} from './ApiKeyService';
import { noLongerAccepted, noSuchKey } from './errors';
import { KeyIssuer, memberOf } from './KeyIssuer';
import { noKeysReason, assertKeyLimit } from './keyLimit';
import { NewKeyPreview } from './KeyOwnership';
import { previewRevocation, revokeKey } from './revokeKey';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { groupsAmong } from '../lifecycle/groups';
import { toPolicyLimits } from '../policies/toPolicyLimits';

/** The lifecycle of keys, independent of HTTP, SQL and authorization. */
export class DefaultApiKeyService {
  readonly #config: ApiKeysConfig;
  readonly #stores: Pick<Stores, 'events' | 'keys' | 'usage'>;
  readonly #policies: OwnerPolicies;
  readonly #issuer: KeyIssuer;

  constructor(options: {
    config: ApiKeysConfig;
    stores: Pick<Stores, 'events' | 'keys' | 'usage'>;
    digests: SecretDigests;
    policies: OwnerPolicies;
    identities: OwnerIdentities;
  }) {
    this.#config = options.config;
    this.#stores = options.stores;
    this.#policies = options.policies;
    this.#issuer = new KeyIssuer(options);
  }

  async getPolicy(
    caller: Pick<Caller, 'userEntityRef' | 'ownershipEntityRefs'>,
    owner: string,
    { ownership, refusal }: NewKeyPreview,
  ): Promise<Omit<ApiKeyPolicy, 'plugins'>> {
    const { userEntityRef, ownershipEntityRefs } = caller;
    const { policy, sources } = await this.#policies.effective(
      owner,
      ownership && memberOf(owner, { userEntityRef, ownership }),
    );
    const limits = toPolicyLimits(policy);
    const cannotCreateReason = refusal ?? noKeysReason(owner, policy);
    return {
      owner,
      owners: [userEntityRef, ...this.#groupsWithKeys(ownershipEntityRefs)],
      ...limits,
      limits: {
        ...limits.limits,
        keysInUse: await this.#stores.keys.countActive(owner, Date.now()),
      },
      rotation: {
        maxOverlap: toIsoDuration(this.#config.rotation.maxOverlap),
      },
      scopes: this.#config.scopes,
      sources,
      secretPrefix: this.#config.secret.prefix,
      canCreate: cannotCreateReason === undefined,
      cannotCreateReason: cannotCreateReason ?? null,
      missingOwnership: ownership ? missingOwnership(ownership) : [],
    };
  }

  async list(
    scope: KeyVisibility,
    filter: KeyFilter,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    return this.#stores.keys.list(scope, filter, page, Date.now());
  }

  /** Returns all keys of {@link DefaultApiKeyService.list}, oldest first, without holding them in memory. */
  iterate(
    scope: KeyVisibility,
    filter: KeyFilter,
  ): AsyncIterable<ApiKeyRecord> {
    return this.#stores.keys.iterate(scope, filter, Date.now());
  }

  async count(scope: KeyVisibility, filter: KeyFilter): Promise<number> {
    return this.#stores.keys.count(scope, filter, Date.now());
  }

  async findByIds(
    scope: KeyVisibility,
    ids: readonly string[],
  ): Promise<ApiKeyRecord[]> {
    return this.#stores.keys.findByIds(ids, scope);
  }

  async get(scope: KeyVisibility, id: string): Promise<ApiKeyRecord> {
    const key = await this.#stores.keys.findById(id, scope);
    if (!key) throw noSuchKey(id);
    return key;
  }

  async exists(scope: KeyVisibility, id: string): Promise<boolean> {
    return (await this.#stores.keys.findById(id, scope)) !== undefined;
  }

  async listEvents(
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    return this.#stores.events.list(filter, page);
  }

  /** @param days - including today, in UTC */
  async getUsage(id: string, days: number): Promise<DailyUsage[]> {
    const today = startOfDay(Date.now());
    return this.#stores.usage.getDailyUsage(id, today - (days - 1) * DAY);
  }

  /** @param days - including today, in UTC */
  async listUsage(
    scope: KeyVisibility,
    ids: readonly string[],
    days: number,
  ): Promise<UsageOnDay[]> {
    const today = startOfDay(Date.now());
    return this.#stores.usage.getUsageByKey(
      ids,
      scope,
      today - (days - 1) * DAY,
    );
  }

  /** @throws InputError for an owner of a kind that has no keys */
  async create(
    owner: string,
    request: CreateApiKeyRequest,
    creator: KeyCreator,
  ): Promise<IssuedKey> {
    if (ownerKindOf(owner) === 'group' && !this.#config.owners.groups) {
      throw new InputError(
        'owner must not be a group: this portal has no keys of groups (apiKeys.owners.groups)',
      );
    }
    return this.#issuer.create(owner, request, creator);
  }

  async rotate(
    key: ApiKeyRecord,
    request: Rotation,
    rotator: KeyRotator,
  ): Promise<IssuedKey> {
    return this.#issuer.rotate(key, request, rotator);
  }

  async update(
    { id, owner }: ApiKeyRecord,
    request: KeyUpdateRequest,
    by: string,
  ): Promise<ApiKeyRecord> {
    const { expiresAt, ...texts } = request;
    return this.#stores.keys.withOwnerLock(owner, async keys => {
      const { key, now } = await this.#findLiving(keys, id, 'changed');
      if (expiresAt === undefined) return keys.change(key, texts, by, now);
      const end = resolveShorterExpiry(key.expiresAt, expiresAt, now);
      const changes = {
        ...texts,
        expiresAt: end,
        chosenLifetime: lifetimeChosenBy(key, end, now),
      };
      return keys.change(key, changes, by, now);
    });
  }

  async keepAlive(
    { id, owner }: ApiKeyRecord,
    by: string,
  ): Promise<ApiKeyRecord> {
    return this.#stores.keys.withOwnerLock(owner, async keys => {
      const { key, policy, now } = await this.#findLiving(
        keys,
        id,
        'kept alive',
      );
      if (statusOf(key, now) === 'inactive') {
        await assertKeyLimit(keys, policy, now);
      }
      await keys.apply([{ type: 'keep-alive', keyId: id, by }], now);
      return { ...key, keptAliveAt: now };
    });
  }

  /**
   * Sets a later or earlier end of a key, always within its owner's policy.
   *
   * @param expiresAt - `null` is never
   */
  async setExpiry(
    { id, owner }: ApiKeyRecord,
    expiresAt: string | null,
    by: string,
  ): Promise<ApiKeyRecord> {
    return this.#stores.keys.withOwnerLock(owner, async keys => {
      const { key, policy, now } = await this.#findLiving(keys, id, 'changed');
      const end = resolveNewExpiry(policy.lifetime, key, expiresAt, now);
      const changes = {
        expiresAt: end ?? null,
        chosenLifetime: lifetimeChosenBy(key, end, now),
      };
      return keys.change(key, changes, by, now);
    });
  }

  /** Revokes a key and its self-made descendants. */
  async revoke(
    key: ApiKeyRecord,
    revocation: Revocation,
  ): Promise<RevokedKeys> {
    const revoked = await revokeKey(this.#stores, key, revocation);
    return revoked ?? { key, alsoRevoked: [] };
  }

  /** Returns the keys that {@link DefaultApiKeyService.revoke} would end in addition to the key. */
  async previewRevocation(
    key: ApiKeyRecord,
    revocation: Revocation,
  ): Promise<ApiKeyRecord[]> {
    return previewRevocation(this.#stores, key, revocation);
  }

  /**
   * Returns a key under today's policy.
   *
   * @param what - the intended change, as a participle
   * @throws NotFoundError
   * @throws ConflictError for a key that has ended permanently
   */
  async #findLiving(keys: OwnerKeysTransaction, id: string, what: string) {
    const now = Date.now();
    const { policy } = await this.#policies.enforce(keys, now);
    const key = await keys.find(id);
    if (!key) throw noSuchKey(id);
    if (isTerminal(key, now)) throw noLongerAccepted(key, now, what);
    return { key, policy, now };
  }

  #groupsWithKeys(refs: readonly string[]): string[] {
    return this.#config.owners.groups ? groupsAmong(refs) : [];
  }
}
