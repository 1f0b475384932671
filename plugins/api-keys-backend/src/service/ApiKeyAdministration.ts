import {
  apiKeyAdminManagePermission,
  apiKeyAdminReadPermission,
  ApiKeyOwnerOverride,
  ApiKeyOwnerPolicies,
  ApiKeyOwnerPolicy,
  ApiKeyPolicyOverride,
  TransferApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import { Stores } from '../database/stores';
import { StoredOverride } from '../lifecycle/KeyOwner';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { toIsoTime } from '../lifecycle/time';
import { AdminAccess } from './AdminAccess';
import { OfflineSessions } from '../jobs/offlineSessions/OfflineSessions';
import { Caller } from './ApiKeyService';
import { BulkResult, BulkRevocation, BulkRevocations } from './BulkRevocations';
import { DefaultApiKeyService } from './DefaultApiKeyService';
import { personToLogOut } from './personToLogOut';
import { KeyTransfers, TransferRequest } from './KeyTransfers';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { formatOverride, parseOverride } from '../policies/policyOverrides';
import { SecretOperations } from './SecretOperations';
import { toPolicyLimits } from '../policies/toPolicyLimits';

/** More than an admin can look through. */
const MAX_LISTED_POLICIES = 1000;

/** Actions of admins on the keys of all owners that they may see. Admins never receive a secret. */
export class ApiKeyAdministration {
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #offlineSessions: OfflineSessions;
  readonly #service: DefaultApiKeyService;
  readonly #policies: OwnerPolicies;
  readonly #secretOperations: SecretOperations;
  readonly #bulk: BulkRevocations;
  readonly #transfers: KeyTransfers;
  readonly #access: AdminAccess;

  constructor(options: {
    stores: Pick<Stores, 'keys'>;
    offlineSessions: OfflineSessions;
    service: DefaultApiKeyService;
    policies: OwnerPolicies;
    secretOperations: SecretOperations;
    transfers: KeyTransfers;
    access: AdminAccess;
  }) {
    this.#stores = options.stores;
    this.#offlineSessions = options.offlineSessions;
    this.#service = options.service;
    this.#policies = options.policies;
    this.#secretOperations = options.secretOperations;
    this.#bulk = new BulkRevocations(options.service);
    this.#transfers = options.transfers;
    this.#access = options.access;
  }

  async lookUp(caller: Caller, secret: string): Promise<ApiKeyRecord> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    const scope = await this.#access.visibleKeys(caller);
    return this.#secretOperations.lookUp(scope, secret);
  }

  async setExpiry(
    caller: Caller,
    id: string,
    expiresAt: string | null,
  ): Promise<ApiKeyRecord> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const scope = await this.#access.visibleKeys(caller);
    const key = await this.#service.get(scope, id);
    return this.#service.setExpiry(key, expiresAt, caller.userEntityRef);
  }

  async listOwnerPolicies(caller: Caller): Promise<ApiKeyOwnerPolicies> {
    await this.#access.require(caller, apiKeyAdminReadPermission);
    const overrides = await this.#policies.listOverrides();
    return {
      configured: toPolicyLimits(this.#policies.configured),
      items: overrides.slice(0, MAX_LISTED_POLICIES).map(toOwnerOverride),
      totalItems: overrides.length,
    };
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

  async revoke(caller: Caller, request: BulkRevocation): Promise<BulkResult> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const scope = await this.#access.visibleKeys(caller);
    const person = personToLogOut(scope, request);
    if (person === undefined) {
      return this.#bulk.revoke(scope, request, caller.userEntityRef);
    }
    // Requested first: if the revocation fails half way, a retry that finds no keys would not request it.
    await this.#stores.keys.withOwnerLock(person, keys =>
      keys.requestSessionEnd(Date.now()),
    );
    // Not awaited, so that the keys do not depend on the auth plugin. Failures are logged and retried.
    this.#offlineSessions.endRequested().catch(() => {});
    return this.#bulk.revoke(scope, request, caller.userEntityRef);
  }

  async transfer(
    caller: Caller,
    request: TransferRequest,
  ): Promise<TransferApiKeysResult> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const scope = await this.#access.visibleKeys(caller);
    return this.#transfers.transfer(scope, request, caller.userEntityRef);
  }

  async #describePolicy(owner: string): Promise<ApiKeyOwnerPolicy> {
    const set = await this.#policies.findOverride(owner);
    const memberOf = await this.#policies.findMembership(owner);
    const { policy, sources } = await this.#policies.effective(
      owner,
      memberOf ?? [],
    );
    return {
      override: null,
      updatedAt: null,
      updatedBy: null,
      ...(set && toOwnerOverride(set)),
      owner,
      memberOf: memberOf ? [...memberOf] : null,
      effective: toPolicyLimits(policy),
      sources,
    };
  }
}

function toOwnerOverride(stored: StoredOverride): ApiKeyOwnerOverride {
  const { owner, override, updatedAt, updatedBy } = stored;
  return {
    owner,
    override: formatOverride(override),
    updatedAt: toIsoTime(updatedAt),
    updatedBy,
  };
}
