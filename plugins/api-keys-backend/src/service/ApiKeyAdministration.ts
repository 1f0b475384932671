import {
  apiKeyAdminManagePermission,
  apiKeyAdminReadPermission,
  ApiKeyOwnerPolicy,
  ApiKeyPolicyOverride,
  RevokeApiKeysRequest,
  RevokeApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import {
  KeyEventFilter,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyScope,
} from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { toIsoTime } from '../lifecycle/time';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';
import { DefaultApiKeyService } from './DefaultApiKeyService';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { formatOverride, parseOverride } from '../policies/policyOverrides';
import { SecretHolders } from './SecretHolders';
import { toPolicyLimits } from '../policies/toPolicyLimits';

const EVERYBODY: KeyScope = { owners: 'everybody' };
const NOT_REVOKED = ['active', 'retiring', 'inactive', 'expired'] as const;

/** Which keys to end, and why. */
type Revocation = Pick<RevokeApiKeysRequest, 'ids' | 'reason' | 'dryRun'> & {
  filter?: KeyFilter;
};

/**
 * What admins do with everybody's keys. They never receive a secret.
 */
export class ApiKeyAdministration {
  readonly #service: DefaultApiKeyService;
  readonly #policies: OwnerPolicies;
  readonly #secretHolders: SecretHolders;
  readonly #access: AdminAccess;

  constructor(options: {
    service: DefaultApiKeyService;
    policies: OwnerPolicies;
    secretHolders: SecretHolders;
    access: AdminAccess;
  }) {
    this.#service = options.service;
    this.#policies = options.policies;
    this.#secretHolders = options.secretHolders;
    this.#access = options.access;
  }

  async lookUp(caller: Caller, secret: string): Promise<ApiKeyRecord> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#secretHolders.lookUp(secret);
  }

  async listEvents(
    caller: Caller,
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#service.listEvents(filter, page);
  }

  async setExpiry(
    caller: Caller,
    id: string,
    expiresAt: string | null,
  ): Promise<ApiKeyRecord> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const key = await this.#service.get(EVERYBODY, id);
    return this.#service.setExpiry(key, expiresAt, caller.userEntityRef);
  }

  async getOwnerPolicy(
    caller: Caller,
    owner: string,
  ): Promise<ApiKeyOwnerPolicy> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    return this.#describePolicy(owner);
  }

  /** @throws InputError for an override that contradicts itself */
  async setOwnerPolicy(
    caller: Caller,
    owner: string,
    override: ApiKeyPolicyOverride,
  ): Promise<ApiKeyOwnerPolicy> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const parsed = parseOverride(override);
    await this.#policies.set(owner, parsed, caller.userEntityRef);
    return this.#describePolicy(owner);
  }

  async removeOwnerPolicy(caller: Caller, owner: string): Promise<void> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    await this.#policies.remove(owner);
  }

  async revoke(
    caller: Caller,
    request: Revocation,
  ): Promise<RevokeApiKeysResult> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const keys = await this.#find(request);
    if (request.dryRun) return { matched: keys.length, revoked: 0 };

    const revocation = { by: caller.userEntityRef, reason: request.reason };
    let revoked = 0;
    for (const key of keys) {
      if (await this.#service.revokeFor(key, revocation)) revoked += 1;
    }
    return { matched: keys.length, revoked };
  }

  async #describePolicy(owner: string): Promise<ApiKeyOwnerPolicy> {
    const set = await this.#policies.findOverride(owner);
    const { policy, sources } = await this.#policies.effective(owner);
    return {
      owner,
      override: set ? formatOverride(set.override) : null,
      updatedAt: set ? toIsoTime(set.updatedAt) : null,
      updatedBy: set?.updatedBy ?? null,
      effective: toPolicyLimits(policy),
      sources,
    };
  }

  /** The keys that fit and are not revoked yet. */
  async #find({ ids, filter }: Revocation): Promise<ApiKeyRecord[]> {
    if (ids) {
      const keys = await this.#service.findByIds(ids);
      return keys.filter(key => key.revokedAt === undefined);
    }
    const statuses = NOT_REVOKED.filter(
      status => !filter?.statuses || filter.statuses.includes(status),
    );
    return this.#service.findAll(EVERYBODY, { ...filter, statuses });
  }
}
