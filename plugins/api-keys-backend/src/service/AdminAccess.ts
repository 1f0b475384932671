import { PermissionsService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import { ConditionTransformer } from '@backstage/plugin-permission-node';
import { apiKeyReadPermission } from 'backstage-plugin-api-keys-common';
import { KeyCondition, KeyScope } from '../database/ApiKeyStore';
import { permittedKeys } from '../permissions/permittedKeys';
import { Caller } from './ApiKeyService';
import { notPermitted } from './errors';

/**
 * Who administers everybody's keys.
 *
 * Closed unless something opens it: without the permission framework every permission would be granted to everybody.
 */
export class AdminAccess {
  readonly #permissions: PermissionsService;
  readonly #permissionsEnabled: boolean;
  readonly #admins: string[];
  readonly #transform: ConditionTransformer<KeyCondition>;

  /** @param options - `admins` are entity refs who need no permission */
  constructor(options: {
    permissions: PermissionsService;
    permissionsEnabled: boolean;
    admins: string[];
    transform: ConditionTransformer<KeyCondition>;
  }) {
    this.#permissions = options.permissions;
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#admins = options.admins;
    this.#transform = options.transform;
  }

  /** @throws NotAllowedError for whoever may not */
  async require(caller: Caller, permission: BasicPermission): Promise<void> {
    if (this.#isNamed(caller)) return;
    if (!this.#permissionsEnabled) {
      throw new NotAllowedError(
        'API keys are administered by permission: set permission.enabled to true, or name the admins in apiKeys.admins',
      );
    }
    const [decision] = await this.#permissions.authorize([{ permission }], {
      credentials: caller.credentials,
    });
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw notPermitted(permission);
    }
  }

  /** Of everybody's keys, those that a policy lets an admin see. */
  async visibleKeys(caller: Caller): Promise<KeyScope> {
    if (this.#isNamed(caller)) return { owners: 'everybody' };
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: apiKeyReadPermission }],
      { credentials: caller.credentials },
    );
    return permittedKeys('everybody', decision, this.#transform);
  }

  #isNamed({ ownershipEntityRefs }: Caller): boolean {
    return ownershipEntityRefs.some(ref => this.#admins.includes(ref));
  }
}
