import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
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
  RESOURCE_TYPE_API_KEY,
} from 'backstage-plugin-api-keys-common';
import {
  KeyCondition,
  KeyEventPage,
  KeyEventPageRequest,
  KeyFilter,
  KeyPage,
  KeyPageRequest,
  KeyScope,
} from '../database/ApiKeyStore';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { conditionOf } from '../permissions/keyCondition';
import {
  ApiKeyService,
  Caller,
  IssuedKey,
  KeyUpdateRequest,
  NewKeyRequest,
  RotationRequest,
} from './ApiKeyService';
import { DefaultApiKeyService } from './DefaultApiKeyService';

/** What a caller reaches whom the policy denies everything. */
const NOTHING: KeyScope = { owners: [] };

type KeyPermission = ResourcePermission<typeof RESOURCE_TYPE_API_KEY>;

/**
 * Who may do what. Two things have to agree on every key: it belongs to one of the caller's ownership refs, which no
 * policy can widen, and the policy allows it.
 */
export class AuthorizedApiKeyService implements ApiKeyService {
  readonly #inner: DefaultApiKeyService;
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<KeyCondition>;

  constructor(options: {
    inner: DefaultApiKeyService;
    permissions: PermissionsService;
    transform: ConditionTransformer<KeyCondition>;
  }) {
    this.#inner = options.inner;
    this.#permissions = options.permissions;
    this.#transform = options.transform;
  }

  async getPolicy(caller: Caller): Promise<ApiKeyPolicy> {
    return this.#inner.getPolicy(caller.userEntityRef);
  }

  async list(
    caller: Caller,
    filter: KeyFilter,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    const scope = await this.#scope(caller, apiKeyReadPermission);
    if (!scope) throw notAllowed(apiKeyReadPermission);
    return this.#inner.list(scope, filter, page);
  }

  async get(caller: Caller, id: string): Promise<ApiKeyRecord> {
    const scope = await this.#scope(caller, apiKeyReadPermission);
    return this.#inner.get(scope ?? NOTHING, id);
  }

  async listEvents(
    caller: Caller,
    id: string,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    await this.get(caller, id);
    return this.#inner.listEvents({ keyId: id }, page);
  }

  async create(caller: Caller, request: NewKeyRequest): Promise<IssuedKey> {
    const permission: BasicPermission = apiKeyCreatePermission;
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) throw notAllowed(permission);
    return this.#inner.create(caller.userEntityRef, request);
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
    request: RotationRequest,
  ): Promise<IssuedKey> {
    const key = await this.#require(caller, apiKeyRotatePermission, id);
    return this.#inner.rotate(key, request, caller.userEntityRef);
  }

  async revoke(caller: Caller, id: string): Promise<void> {
    const key = await this.#require(caller, apiKeyRevokePermission, id);
    await this.#inner.revoke(key, caller.userEntityRef);
  }

  /**
   * @throws NotFoundError for a key that the caller does not see
   * @throws NotAllowedError for one that they see and may not do this with
   */
  async #require(
    caller: Caller,
    permission: KeyPermission,
    id: string,
  ): Promise<ApiKeyRecord> {
    const key = await this.get(caller, id);
    const scope = await this.#scope(caller, permission);
    try {
      await this.#inner.get(scope ?? NOTHING, id);
    } catch (error) {
      if (error instanceof Error && error.name === 'NotFoundError') {
        throw notAllowed(permission);
      }
      throw error;
    }
    return key;
  }

  /** The caller's keys that a permission covers; undefined if it is denied for all. */
  async #scope(
    caller: Caller,
    permission: KeyPermission,
  ): Promise<KeyScope | undefined> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller.credentials },
    );
    const condition = conditionOf(decision, this.#transform);
    return condition && { owners: caller.ownershipEntityRefs, condition };
  }
}

function notAllowed(permission: { name: string }) {
  return new NotAllowedError(
    `The permission policy of this portal does not allow you ${permission.name}`,
  );
}
