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
import { ApiKeysService } from 'backstage-plugin-api-keys-node';
import { ApiKeyRuntime } from 'backstage-plugin-api-keys-node/internal';
import { KeyCondition, KeyVisibility } from '../database/queries';
import { permittedKeys } from '../permissions/permittedKeys';
import { Caller } from './ApiKeyService';
import { notPermitted } from './errors';

const PLUGIN_ID = 'api-keys';

/** A caller who requires admin access: a user, or a service, which owns nothing. */
export type AccessSeeker = {
  credentials: BackstageCredentials;
  ownershipEntityRefs: readonly string[];
};

/**
 * Decides who administers the keys of all owners, or may look them up.
 *
 * Denies by default: without the permission framework, every permission would be granted to everyone.
 */
export class AdminAccess {
  readonly #permissions: PermissionsService;
  readonly #permissionsEnabled: boolean;
  readonly #admins: string[];
  readonly #apiKeys: ApiKeysService;
  readonly #runtime: ApiKeyRuntime;
  readonly #transform: ConditionTransformer<KeyCondition>;

  /** @param options - `admins` are entity refs of users who need no permission */
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

  /** @throws NotAllowedError for a caller without the permission */
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

  /** Returns the keys of all owners that a policy lets an admin see. */
  async visibleKeys(caller: Caller): Promise<KeyVisibility> {
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
   * Restrictions of an admin's key apply as for any other key. No permission request is made here, so the restrictions are
   * checked, and recorded as used, in this method.
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
