import { PermissionsService } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  BasicPermission,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import { ConditionTransformer } from '@backstage/plugin-permission-node';
import {
  ApiKeyPolicy,
  apiKeyCreatePermission,
  apiKeyReadPermission,
  apiKeyRevokePermission,
  apiKeyRotatePermission,
  apiKeyUpdatePermission,
  CreateApiKeyRequest,
  RESOURCE_TYPE_API_KEY,
} from 'backstage-plugin-api-keys-common';
import { DailyUsage, UsageOnDay } from '../lifecycle/UsageDelta';
import {
  KeyCondition,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyVisibility,
} from '../database/queries';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { NO_KEYS, permittedKeys } from '../permissions/permittedKeys';
import { AvailablePlugins } from '../restrictions/AvailablePlugins';
import { requireAvailable } from '../restrictions/requireAvailable';
import { AvailableScopes } from '../restrictions/AvailableScopes';
import { toAvailablePlugin } from '../restrictions/toAvailablePlugin';
import {
  ApiKeyService,
  Caller,
  IssuedKey,
  KeyUpdateRequest,
  Rotation,
} from './ApiKeyService';
import { RevokedKeys } from '../lifecycle/transitions';
import { AlsoRevoked, AlsoRevokedKeys } from './AlsoRevokedKeys';
import { DefaultApiKeyService } from './DefaultApiKeyService';
import { notPermitted } from './errors';
import { KeyOwnership } from './KeyOwnership';

type KeyPermission = ResourcePermission<typeof RESOURCE_TYPE_API_KEY>;

/**
 * Authorizes every operation on keys. Two conditions must hold for each key: it belongs to one of the caller's ownership refs,
 * which no policy can widen, and the policy allows the operation.
 */
export class AuthorizedApiKeyService implements ApiKeyService {
  readonly #inner: DefaultApiKeyService;
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<KeyCondition>;
  readonly #ownership: KeyOwnership;
  readonly #plugins: AvailablePlugins;
  readonly #scopes: AvailableScopes;

  constructor(options: {
    inner: DefaultApiKeyService;
    permissions: PermissionsService;
    ownership: KeyOwnership;
    transform: ConditionTransformer<KeyCondition>;
    plugins: AvailablePlugins;
    scopes: AvailableScopes;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#transform = options.transform;
    this.#ownership = options.ownership;
    this.#plugins = options.plugins;
    this.#scopes = options.scopes;
  }

  async getPolicy(
    caller: Caller,
    owner: string = caller.userEntityRef,
  ): Promise<ApiKeyPolicy> {
    this.#ownership.requireOwner(caller, owner);
    const preview = await this.#ownership.previewNewKey(caller, owner);
    const policy = await this.#inner.getPolicy(caller, owner, preview);
    const { forbidden } = policy.restrictions;
    const plugins = await this.#plugins.list();
    return {
      ...policy,
      plugins: plugins
        .filter(({ pluginId }) => !forbidden.includes(pluginId))
        .map(toAvailablePlugin),
    };
  }

  async list(
    caller: Caller,
    filter: KeyFilter,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    const [scope] = await this.#permitted(caller, apiKeyReadPermission);
    if (scope === NO_KEYS) throw notPermitted(apiKeyReadPermission);
    return this.#inner.list(scope, filter, page);
  }

  async get(caller: Caller, id: string): Promise<ApiKeyRecord> {
    const [scope] = await this.#permitted(caller, apiKeyReadPermission);
    return this.#inner.get(scope, id);
  }

  async listEvents(
    caller: Caller,
    id: string,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    await this.get(caller, id);
    return this.#inner.listEvents({ keyId: id }, page);
  }

  async getUsage(
    caller: Caller,
    id: string,
    days: number,
  ): Promise<DailyUsage[]> {
    await this.get(caller, id);
    return this.#inner.getUsage(id, days);
  }

  async listUsage(
    caller: Caller,
    ids: readonly string[],
    days: number,
  ): Promise<UsageOnDay[]> {
    const [scope] = await this.#permitted(caller, apiKeyReadPermission);
    if (scope === NO_KEYS) throw notPermitted(apiKeyReadPermission);
    return this.#inner.listUsage(scope, ids, days);
  }

  async create(
    caller: Caller,
    request: CreateApiKeyRequest,
  ): Promise<IssuedKey> {
    const permission: BasicPermission = apiKeyCreatePermission;
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW)
      throw notPermitted(permission);
    const owner = request.owner ?? caller.userEntityRef;
    const ownership = await this.#ownership.ofNewKey(caller, owner);
    if (request.accessRestrictions) {
      const plugins = await this.#plugins.list();
      requireAvailable(request.accessRestrictions, plugins);
    }
    if (request.scopes) {
      await this.#scopes.require(request.scopes, caller.credentials);
    }
    const { userEntityRef } = caller;
    return this.#inner.create(owner, request, { userEntityRef, ownership });
  }

  async update(
    caller: Caller,
    id: string,
    request: KeyUpdateRequest,
  ): Promise<ApiKeyRecord> {
    const key = await this.#require(caller, apiKeyUpdatePermission, id);
    return this.#inner.update(key, request, caller.userEntityRef);
  }

  async keepAlive(caller: Caller, id: string): Promise<ApiKeyRecord> {
    const key = await this.#require(caller, apiKeyUpdatePermission, id);
    return this.#inner.keepAlive(key, caller.userEntityRef);
  }

  async rotate(
    caller: Caller,
    id: string,
    request: Rotation,
  ): Promise<IssuedKey> {
    const key = await this.#require(caller, apiKeyRotatePermission, id);
    const ownership =
      caller.keyId === id
        ? 'inherited'
        : await this.#ownership.ofSuccessor(caller, key);
    const { userEntityRef } = caller;
    return this.#inner.rotate(key, request, { userEntityRef, ownership });
  }

  async revoke(caller: Caller, id: string): Promise<RevokedKeys> {
    const key = await this.#require(caller, apiKeyRevokePermission, id);
    const by = caller.userEntityRef;
    return this.#inner.revoke(key, { by, reason: 'owner' });
  }

  async previewRevocation(caller: Caller, id: string): Promise<AlsoRevoked> {
    const [scope] = await this.#permitted(caller, apiKeyReadPermission);
    const key = await this.#inner.get(scope, id);
    const also = new AlsoRevokedKeys();
    also.add(await this.#inner.previewRevocation(key, { reason: 'owner' }));
    return also.describe(ids => this.#inner.findByIds(scope, ids));
  }

  /**
   * Checks that a caller acts for an owner: the caller, or a group that the caller is in today.
   *
   * @throws NotAllowedError for any other owner
   */
  async requireActingFor(caller: Caller, owner: string): Promise<void> {
    this.#ownership.requireOwner(caller, owner);
    await this.#ownership.requireMembership(caller, owner);
  }

  /**
   * @throws NotFoundError for a key that the caller may not see
   * @throws NotAllowedError for one that the caller may see, but not use in this way
   */
  async #require(
    caller: Caller,
    permission: KeyPermission,
    id: string,
  ): Promise<ApiKeyRecord> {
    const [readable, permitted] = await this.#permitted(
      caller,
      apiKeyReadPermission,
      permission,
    );
    const key = await this.#inner.get(readable, id);
    const isPermitted = await this.#inner.exists(permitted, id);
    if (!isPermitted) throw notPermitted(permission);
    await this.#ownership.requireMembership(caller, key.owner);
    return key;
  }

  /** Returns the caller's keys for each permission, in one request. */
  async #permitted(
    caller: Caller,
    ...permissions: KeyPermission[]
  ): Promise<KeyVisibility[]> {
    const decisions = await this.#permissions.authorizeConditional(
      permissions.map(permission => ({ permission })),
      { credentials: caller.credentials },
    );
    return decisions.map(decision =>
      permittedKeys(caller.ownershipEntityRefs, decision, this.#transform),
    );
  }
}
