import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
  Permission,
} from '@backstage/plugin-permission-common';
import { ConditionTransformer } from '@backstage/plugin-permission-node';
import {
  allowsPermission,
  apiKeyReadPermission,
} from 'backstage-plugin-api-keys-common';
import { ApiKeyRuntime, ApiKeysService } from 'backstage-plugin-api-keys-node';
import { KeyCondition, KeyScope } from '../database/queries';
import { permittedKeys } from '../permissions/permittedKeys';
import { Caller } from './ApiKeyService';
import { notPermitted } from './errors';

const PLUGIN_ID = 'api-keys';

/** Who wants to be let in: a user, or a service, which owns nothing. */
export type AccessSeeker = {
  credentials: BackstageCredentials;
  ownershipEntityRefs: readonly string[];
};

/**
 * Who administers everybody's keys, or asks about them.
 *
 * Closed unless something opens it: without the permission framework every permission would be granted to everybody.
 */
export class AdminAccess {
  readonly #permissions: PermissionsService;
  readonly #permissionsEnabled: boolean;
  readonly #admins: string[];
  readonly #apiKeys: ApiKeysService;
  readonly #runtime: ApiKeyRuntime;
  readonly #transform: ConditionTransformer<KeyCondition>;

  /** @param options - `admins` are entity refs who need no permission */
  constructor(options: {
    permissions: PermissionsService;
    permissionsEnabled: boolean;
    admins: string[];
    apiKeys: ApiKeysService;
    runtime: ApiKeyRuntime;
    transform: ConditionTransformer<KeyCondition>;
  }) {
    this.#permissions = options.permissions;
    this.#permissionsEnabled = options.permissionsEnabled;
    this.#admins = options.admins;
    this.#apiKeys = options.apiKeys;
    this.#runtime = options.runtime;
    this.#transform = options.transform;
  }

  /** @throws NotAllowedError for whoever may not */
  async require(
    caller: AccessSeeker,
    permission: BasicPermission,
  ): Promise<void> {
    if (await this.#isNamed(caller, permission)) return;
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
    if (await this.#isNamed(caller, apiKeyReadPermission)) {
      return { owners: 'everybody' };
    }
    const [decision] = await this.#permissions.authorizeConditional(
      [{ permission: apiKeyReadPermission }],
      { credentials: caller.credentials },
    );
    return permittedKeys('everybody', decision, this.#transform);
  }

  /**
   * A restricted key of an admin is good for what it is for, as any other. No policy is asked, so that the restrictions are
   * applied, and noted as asked for, here.
   */
  async #isNamed(
    { credentials, ownershipEntityRefs }: AccessSeeker,
    permission: Permission,
  ): Promise<boolean> {
    if (!ownershipEntityRefs.some(ref => this.#admins.includes(ref))) {
      return false;
    }
    const key = await this.#apiKeys.keyOf(credentials);
    if (!key) return true;
    const { permissionChecks, verifier } = this.#runtime;
    const outcome = await verifier.verifyById(key.id);
    const isHeld =
      outcome.accepted && allowsPermission(outcome.key, PLUGIN_ID, permission);
    permissionChecks.note(credentials, permission.name, isHeld);
    return isHeld;
  }
}
