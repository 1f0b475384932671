import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  apiKeyAdminManagePermission,
  apiKeyAdminReadPermission,
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
import { Caller } from './ApiKeyService';
import { DefaultApiKeyService } from './DefaultApiKeyService';
import { notPermitted } from './errors';

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
  readonly #permissions: PermissionsService;
  readonly #permissionsEnabled: boolean;
  readonly #admins: string[];

  /** @param options - `admins` are entity refs who need no permission */
  constructor(options: {
    service: DefaultApiKeyService;
    permissions: PermissionsService;
    permissionsEnabled: boolean;
    admins: string[];
  }) {
    this.#service = options.service;
    this.#permissions = options.permissions;
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#admins = options.admins;
  }

  async lookUp(caller: Caller, secret: string): Promise<ApiKeyRecord> {
    await this.#require(caller, apiKeyAdminReadPermission);
    return this.#service.lookUp(secret);
  }

  async listEvents(
    caller: Caller,
    filter: KeyEventFilter,
    page: KeyEventPageRequest,
  ): Promise<KeyEventPage> {
    await this.#require(caller, apiKeyAdminReadPermission);
    return this.#service.listEvents(filter, page);
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
