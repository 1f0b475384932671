import {
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, ServiceUnavailableError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  apiKeyAdminReadPermission,
  ApiKeyAvailableScopes,
  apiKeyReadPermission,
  isApiScope,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyScopeError } from 'backstage-plugin-api-keys-node';
import { Stores } from '../database/stores';
import { isEverything } from '../database/keyFilter';
import { KeyPage, KeyPageRequest, KeyVisibility } from '../database/queries';
import { UNENDED_STATUSES } from '../lifecycle/status';
import { AdminAccess } from './AdminAccess';
import { Caller } from './ApiKeyService';

/** Lists the keys with a scope, for admins and the owners of the scope's API. */
export class ScopeKeys {
  readonly #available: ApiKeyAvailableScopes;
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #access: AdminAccess;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #logger: LoggerService;

  constructor(options: {
    config: { scopes: ApiKeyAvailableScopes };
    stores: Pick<Stores, 'keys'>;
    access: AdminAccess;
    permissions: PermissionsService;
    catalog: CatalogService;
    logger: LoggerService;
  }) {
    this.#available = options.config.scopes;
    this.#stores = options.stores;
    this.#access = options.access;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#logger = options.logger;
  }

  /**
   * Returns the keys of all owners that carry a scope and have not ended permanently.
   *
   * @param scope - in its canonical form
   * @throws NotAllowedError for all other callers, whether the API exists or not
   * @throws ServiceUnavailableError if the decision needs the API's owner and the catalog is unavailable
   */
  async list(
    caller: Caller,
    scope: string,
    page: KeyPageRequest,
  ): Promise<KeyPage> {
    const keys = await this.#visibleKeys(caller, scope);
    const filter = { scope, statuses: UNENDED_STATUSES };
    return this.#stores.keys.list(keys, filter, page, Date.now());
  }

  async #visibleKeys(caller: Caller, scope: string): Promise<KeyVisibility> {
    const asAdmin = await this.#visibleToAdmin(caller);
    if (asAdmin && isEverything(asAdmin)) return asAdmin;
    // An admin who may see some keys may also own the API, and then sees the same as any other owner.
    if (await this.#owns(caller, scope)) return { owners: 'everybody' };
    if (asAdmin) return asAdmin;
    throw new NotAllowedError(
      'Which API keys carry a scope is for administrators to see and, if it is that of an API in the catalog, for its owners',
    );
  }

  async #visibleToAdmin(caller: Caller): Promise<KeyVisibility | undefined> {
    try {
      await this.#access.require(caller, apiKeyAdminReadPermission);
    } catch (error) {
      if (error instanceof NotAllowedError) return undefined;
      throw error;
    }
    return this.#access.visibleKeys(caller);
  }

  /** Returns true if the caller, or one of the caller's groups, owns the API of a scope, and the caller may read keys at all. */
  async #owns(caller: Caller, scope: string): Promise<boolean> {
    if (!this.#available.catalogApis || !isApiScope(scope)) return false;
    if (!(await this.#mayRead(caller))) return false;
    const owners = await this.#ownersOf(scope, caller);
    return caller.ownershipEntityRefs.some(ref => owners.includes(ref));
  }

  /**
   * A policy's conditions are about the caller's own keys, so a conditional decision is sufficient. A denial applies, as does
   * that of a restricted key.
   */
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

  /** Returns none for an API that the caller may not see. */
  async #ownersOf(
    entityRef: string,
    { credentials }: Caller,
  ): Promise<string[]> {
    const request = { entityRefs: [entityRef], fields: ['relations'] };
    const { items } = await this.#catalog
      .getEntitiesByRefs(request, { credentials })
      .catch(error => {
        // The key of the request may not be used for the catalog.
        if (error instanceof ApiKeyScopeError) throw error;
        this.#logger.error('Could not look up the owners of an API', error);
        throw new ServiceUnavailableError(
          'The owners of this API cannot be looked up right now, try again shortly',
        );
      });
    const relations = items[0]?.relations ?? [];
    return relations
      .filter(({ type }) => type === 'ownedBy')
      .map(({ targetRef }) => targetRef);
  }
}
