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
import { Stores } from '../database/stores';
import { KeyCondition, KeyFilter, KeyVisibility } from '../database/queries';
import { UNENDED_STATUSES, UNREVOKED_STATUSES } from '../lifecycle/status';
import { toIsoTime } from '../lifecycle/time';
import { OwnerIdentities } from '../jobs/offboarding/OwnerIdentities';
import { OwnerPolicies } from '../policies/OwnerPolicies';
import { permittedKeys } from '../permissions/permittedKeys';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';
import { AuthorizedApiKeyService } from './AuthorizedApiKeyService';
import { notPermitted } from './errors';
import { requireKeysAllowed } from './keyLimit';

type KeyPermission = ResourcePermission<typeof RESOURCE_TYPE_API_KEY>;

/** More than the number of groups that a user with keys to confirm is in. */
const OWNERS_MAX = 100;

/** Lets the owner or an admin decide whether an owner who came back to the catalog is unchanged. */
export class OwnerConfirmations {
  readonly #stores: Pick<Stores, 'keys' | 'owners'>;
  readonly #identities: OwnerIdentities;
  readonly #policies: OwnerPolicies;
  readonly #service: AuthorizedApiKeyService;
  readonly #access: AdminAccess;
  readonly #permissions: PermissionsService;
  readonly #transform: ConditionTransformer<KeyCondition>;

  constructor(options: {
    stores: Pick<Stores, 'keys' | 'owners'>;
    identities: OwnerIdentities;
    policies: OwnerPolicies;
    service: AuthorizedApiKeyService;
    access: AdminAccess;
    permissions: PermissionsService;
    transform: ConditionTransformer<KeyCondition>;
  }) {
    this.#stores = options.stores;
    this.#identities = options.identities;
    this.#policies = options.policies;
    this.#service = options.service;
    this.#access = options.access;
    this.#permissions = options.permissions;
    this.#transform = options.transform;
  }

  /**
   * Returns the caller and the caller's groups, if they have to be confirmed. The page asks this question first when a new holder
   * of an entity ref opens it, so the identity is checked here as well.
   *
   * @throws ServiceUnavailableError if the caller's identity cannot be resolved right now
   */
  async list(caller: Caller): Promise<ApiKeyUnconfirmedOwner[]> {
    await this.#identities.lookUp(caller.userEntityRef);
    const owners = await this.#stores.owners.list({
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
   * @param same - whether the keys still belong to the owner; otherwise they end
   * @throws NotAllowedError for an owner that the caller does not act for, and if a policy hides some of the keys from the caller
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

  /** Confirms any owner, for an admin. */
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
      // A confirmation makes denied keys work again, which a limit of 0 forbids.
      const { policy } = await this.#policies.effective(owner);
      requireKeysAllowed(owner, policy);
    }
    const keys = await this.#identities.confirm(owner, { same, by });
    return { owner, keys };
  }

  /** The identity decides about all keys of the owner at once, so the caller needs the permission for all of them. */
  async #requireAllKeys(
    scope: KeyVisibility,
    owner: string,
    permission: KeyPermission,
  ) {
    const filter = { owner, statuses: UNREVOKED_STATUSES };
    // Counted in this order, so that keys which end in between do not look like keys without permission.
    const permitted = await this.#count(scope, filter);
    const all = await this.#count({ owners: 'everybody' }, filter);
    if (permitted < all) throw notPermitted(permission);
  }

  #count(scope: KeyVisibility, filter: KeyFilter): Promise<number> {
    return this.#stores.keys.count(scope, filter, Date.now());
  }
}
