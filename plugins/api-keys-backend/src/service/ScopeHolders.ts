import {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  apiKeyAdminReadPermission,
  ApiKeyChoosableScopes,
  apiKeyReadPermission,
  isApiScope,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyScopeError } from 'backstage-plugin-api-keys-node';
import { ApiKeyStore } from '../database/ApiKeyStore';
import { isEverything } from '../database/keyFilter';
import { KeyPage, KeyPageRequest, KeyScope } from '../database/queries';
import { UNENDED_STATUSES } from '../lifecycle/status';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';

/** Those that work, and those that their owners can make work again. */

/** Which keys carry a scope, for those who may know: admins, and the owners of the API that the scope is of. */
export class ScopeHolders {
  readonly #choosable: ApiKeyChoosableScopes;
  readonly #store: ApiKeyStore;
  readonly #access: AdminAccess;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;

  constructor(options: {
    config: { scopes: ApiKeyChoosableScopes };
    store: ApiKeyStore;
    access: AdminAccess;
    permissions: PermissionsService;
    catalog: CatalogService;
    logger: LoggerService;
  }) {
    this.#choosable = options.config.scopes;
    this.#store = options.store;
    this.#access = options.access;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
  }

  /**
   * The keys that carry a scope and have not ended for good, of all owners.
   *
   * @param scope - in its canonical form
   * @throws NotAllowedError for everybody else, whether there is such an API or not
   * @throws ServiceUnavailableError when the catalog is away, and who owns the API decides
   */
  async list(
    caller: Caller,
    scope: string,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    const keys = await this.#visibleKeys(caller, scope);
    const filter = { scope, statuses: UNENDED_STATUSES };
    return this.#store.list(keys, filter, page, Date.now());
  }

  async #visibleKeys(caller: Caller, scope: string): Promise<KeyScope> {
    const asAdmin = await this.#visibleToAdmin(caller);
    if (asAdmin && isEverything(asAdmin)) return asAdmin;
    // An admin who may see some keys may own the API, and then sees what any other owner does.
    if (await this.#owns(caller, scope)) return { owners: 'everybody' };
    if (asAdmin) return asAdmin;
    throw new NotAllowedError(
      'Which API keys carry a scope is for administrators to see and, if it is that of an API in the catalog, for its owners',
    );
  }

  async #visibleToAdmin(caller: Caller): Promise<KeyScope | undefined> {
    try {
      await this.#access.require(caller, apiKeyAdminReadPermission);
    } catch (error) {
      if (error instanceof NotAllowedError) return undefined;
      throw error;
    }
    return this.#access.visibleKeys(caller);
  }

  /** Whether the caller, alone or in a group, owns the API that a scope is of, and may look at keys at all. */
  async #owns(caller: Caller, scope: string): Promise<boolean> {
    if (!this.#choosable.catalogApis || !isApiScope(scope)) return false;
    if (!(await this.#mayRead(caller))) return false;
    const owners = await this.#ownersOf(scope, caller);
    return caller.ownershipEntityRefs.some(ref => owners.includes(ref));
  }

  /** A policy that leaves somebody some keys is about their own. But one that denies all means it, and so does a restricted key. */
  async #mayRead({ credentials }: Caller): Promise<boolean> {
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: apiKeyReadPermission }],
      { credentials },
    );
    return (
      decision.result === AuthorizeResult.ALLOW ||
      decision.result === AuthorizeResult.CONDITIONAL
    );
  }

  /** None for an API that the caller does not see. */
  async #ownersOf(
    entityRef: string,
    { credentials }: Caller,
  ): Promise<string[]> {
    const request = { entityRefs: [entityRef], fields: ['relations'] };
    const { items } = await this.#catalog
      .getEntitiesByRefs(request, { credentials })
      .catch(error => {
        // The key of the request is not for the catalog.
        if (error instanceof ApiKeyScopeError) throw error;
        this.#logger.error('Could not look up the owners of an API', error);
        throw new ServiceUnavailableError(
          'Who owns this API cannot be told right now, try again shortly',
        );
      });
    const relations = items[0]?.relations ?? [];
    return relations
      .filter(({ type }) => type === 'ownedBy')
      .map(({ targetRef }) => targetRef);
  }
}
