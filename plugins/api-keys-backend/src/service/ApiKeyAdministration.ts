import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
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
  KeyScope,
} from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { toIsoTime } from '../lifecycle/time';
import { Caller } from './ApiKeyService';
import { DefaultApiKeyService } from './DefaultApiKeyService';
import { notPermitted } from './errors';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { formatOverride, parseOverride } from '../policies/policyOverrides';
import { SecretHolders } from './SecretHolders';
import { toPolicyLimits } from '../policies/toPolicyLimits';

const EVERYBODY: KeyScope = { owners: 'everybody' };
const NOT_REVOKED = ['active', 'retiring', 'inactive', 'expired'] as const;
const PAGE_SIZE = 200;

/**
 * What admins do with everybody's keys. They never see or receive a secret.
 *
 * Closed unless something opens it: without the permission framework every permission would be granted to everybody.
 */
export class ApiKeyAdministration {
  readonly #service: DefaultApiKeyService;
  readonly #policies: OwnerPolicies;
  readonly #secretHolders: SecretHolders;
  readonly #permissions: PermissionsService;
  readonly #permissionsEnabled: boolean;
  readonly #admins: string[];

  /** @param options - `admins` are entity refs who need no permission */
  constructor(options: {
    service: DefaultApiKeyService;
    policies: OwnerPolicies;
    secretHolders: SecretHolders;
    permissions: PermissionsService;
    permissionsEnabled: boolean;
    admins: string[];
  }) {
    this.#service = options.service;
    this.#policies = options.policies;
    this.#secretHolders = options.secretHolders;
    this.#permissions = options.permissions;
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#admins = options.admins;
  }

  async lookUp(caller: Caller, secret: string): Promise<ApiKeyRecord> {
    await this.#require(caller, apiKeyAdminReadPermission);
    return this.#secretHolders.lookUp(secret);
  }

  async listEvents(
    caller: Caller,
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    await this.#require(caller, apiKeyAdminReadPermission);
    return this.#service.listEvents(filter, page);
  }

  async setExpiry(
    caller: Caller,
    id: string,
    expiresAt: string | null,
  ): Promise<ApiKeyRecord> {
    await this.#require(caller, apiKeyAdminManagePermission);
    const key = await this.#service.get(EVERYBODY, id);
    return this.#service.setExpiry(key, expiresAt, caller.userEntityRef);
  }

  async getOwnerPolicy(
    caller: Caller,
    owner: string,
  ): Promise<ApiKeyOwnerPolicy> {
    await this.#require(caller, apiKeyAdminReadPermission);
    return this.#describePolicy(owner);
  }

  /** @throws InputError for an override that contradicts itself */
  async setOwnerPolicy(
    caller: Caller,
    owner: string,
    override: ApiKeyPolicyOverride,
  ): Promise<ApiKeyOwnerPolicy> {
    await this.#require(caller, apiKeyAdminManagePermission);
    const parsed = parseOverride(override);
    await this.#policies.set(owner, parsed, caller.userEntityRef);
    return this.#describePolicy(owner);
  }

  async removeOwnerPolicy(caller: Caller, owner: string): Promise<void> {
    await this.#require(caller, apiKeyAdminManagePermission);
    await this.#policies.remove(owner);
  }

  async revoke(
    caller: Caller,
    request: RevokeApiKeysRequest,
  ): Promise<RevokeApiKeysResult> {
    await this.#require(caller, apiKeyAdminManagePermission);
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
  async #find(request: RevokeApiKeysRequest): Promise<ApiKeyRecord[]> {
    const { ids, filter = {} } = request;
    if (ids) {
      const keys = await this.#service.findByIds(ids);
      return keys.filter(key => key.revokedAt === undefined);
    }
    const scope = filter.owner ? { owners: [filter.owner] } : EVERYBODY;
    const statuses = NOT_REVOKED.filter(
      status => !filter.status || filter.status.includes(status),
    );
    const found: ApiKeyRecord[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#service.list(
        scope,
        { statuses, text: filter.q },
        { order: 'createdAt:asc', limit: PAGE_SIZE, cursor },
      );
      found.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    return found;
  }

  async #require(caller: Caller, permission: BasicPermission) {
    const { ownershipEntityRefs, credentials } = caller;
    if (ownershipEntityRefs.some(ref => this.#admins.includes(ref))) return;
    if (!this.#permissionsEnabled) {
      throw new NotAllowedError(
        'API keys are administered by permission: set permission.enabled to true, or name the admins in apiKeys.admins',
      );
    }
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw notPermitted(permission);
    }
  }
}
