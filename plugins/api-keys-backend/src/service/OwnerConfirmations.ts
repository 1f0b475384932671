import { PermissionsService } from '@backstage/backend-plugin-api';
import { ResourcePermission } from '@backstage/plugin-permission-common';
import { ConditionTransformer } from '@backstage/plugin-permission-node';
import {
  apiKeyAdminManagePermission,
  apiKeyRevokePermission,
  apiKeyUpdatePermission,
  ApiKeyUnconfirmedOwner,
  ConfirmApiKeyOwnerResult,
  RESOURCE_TYPE_API_KEY,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { KeyCondition, KeyFilter, KeyScope } from '../database/queries';
import { UNENDED_STATUSES, UNREVOKED_STATUSES } from '../lifecycle/status';
import { toIsoTime } from '../lifecycle/time';
import { OwnerIdentities } from '../offboarding/OwnerIdentities';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { permittedKeys } from '../permissions/permittedKeys';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';
import { AuthorizedApiKeyService } from './AuthorizedApiKeyService';
import { notPermitted } from './errors';
import { requireKeysAllowed } from './keyLimit';

type KeyPermission = ResourcePermission<typeof RESOURCE_TYPE_API_KEY>;

/** As many groups as somebody with keys to confirm is in. */
const OWNERS_MAX = 100;

/** Who says whether an owner who came back to the catalog is the same as before: that owner, or an admin. */
export class OwnerConfirmations {
  readonly #store: ApiKeyStore;
  readonly #identities: OwnerIdentities;
  readonly #policies: OwnerPolicies;
  readonly #service: AuthorizedApiKeyService;
  readonly #access: AdminAccess;
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<KeyCondition>;

  constructor(options: {
    store: ApiKeyStore;
    identities: OwnerIdentities;
    policies: OwnerPolicies;
    service: AuthorizedApiKeyService;
    access: AdminAccess;
    permissions: PermissionsService;
    transform: ConditionTransformer<KeyCondition>;
  }) {
    this.#store = options.store;
    this.#identities = options.identities;
    this.#policies = options.policies;
    this.#service = options.service;
    this.#access = options.access;
    this.#permissions = options.permissions;
    this.#transform = options.transform;
  }

  /**
   * The caller and groups of the caller who have to be confirmed. Opening the page with this question is when somebody else who
   * has the caller's entity ref now first comes to see keys: so it is found out here, too.
   *
   * @throws ServiceUnavailableError when it cannot be told who the caller is
   */
  async list(caller: Caller): Promise<ApiKeyUnconfirmedOwner[]> {
    await this.#identities.lookUp(caller.userEntityRef);
    const owners = await this.#store.listOwners({
      unconfirmedAmong: caller.ownershipEntityRefs,
      limit: OWNERS_MAX,
    });
    return Promise.all(
      owners.map(async ({ ref, unconfirmedSince = 0 }) => ({
        owner: ref,
        since: toIsoTime(unconfirmedSince),
        keys: await this.#count(
          { owners: [ref] },
          { statuses: UNENDED_STATUSES },
        ),
      })),
    );
  }

  /**
   * @param same - whether the keys are still the owner's; otherwise they end
   * @throws NotAllowedError for an owner for whom the caller does not act, and for keys that a policy keeps from the caller
   * @throws ConflictError for keys of an owner who may have none
   */
  async confirm(
    caller: Caller,
    owner: string,
    same: boolean,
  ): Promise<ConfirmApiKeyOwnerResult> {
    await this.#service.requireActingFor(caller, owner);
    const permission = same ? apiKeyUpdatePermission : apiKeyRevokePermission;
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission }],
      { credentials: caller.credentials },
    );
    const scope = permittedKeys([owner], decision, this.#transform);
    await this.#requireAllKeys(scope, owner, permission);
    return this.#confirm(caller, owner, same);
  }

  /** The same for an admin, of any owner. */
  async confirmAsAdmin(
    caller: Caller,
    owner: string,
    same: boolean,
  ): Promise<ConfirmApiKeyOwnerResult> {
    await this.#access.require(caller, apiKeyAdminManagePermission);
    const scope = await this.#access.visibleKeys(caller);
    await this.#requireAllKeys(scope, owner, apiKeyUpdatePermission);
    return this.#confirm(caller, owner, same);
  }

  async #confirm(
    { userEntityRef: by }: Caller,
    owner: string,
    same: boolean,
  ): Promise<ConfirmApiKeyOwnerResult> {
    if (same) {
      // Keys that are refused until then would start to work again.
      const { policy } = await this.#policies.effective(owner);
      requireKeysAllowed(owner, policy);
    }
    const keys = await this.#identities.confirm(owner, { same, by });
    return { owner, keys };
  }

  /** The owner is one, so that all keys are decided about, or none. */
  async #requireAllKeys(
    scope: KeyScope,
    owner: string,
    permission: KeyPermission,
  ) {
    const filter = { owner, statuses: UNREVOKED_STATUSES };
    // In this order, so that keys which end in between are not taken for some that are not permitted.
    const permitted = await this.#count(scope, filter);
    const all = await this.#count({ owners: 'everybody' }, filter);
    if (permitted < all) throw notPermitted(permission);
  }

  #count(scope: KeyScope, filter: KeyFilter): Promise<number> {
    return this.#store.count(scope, filter, Date.now());
  }
}
