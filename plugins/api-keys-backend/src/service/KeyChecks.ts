import { PermissionsService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  AuthorizeResult,
  isResourcePermission,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  apiKeyAdminReadPermission,
  ApiKeyCheck,
  CheckApiKeyRequest,
  isLimitedToPermissions,
} from 'backstage-plugin-api-keys-common';
import { VerifiedApiKey } from 'backstage-plugin-api-keys-node';
import {
  ApiKeyRuntime,
  findDenial,
  isAllowed,
} from 'backstage-plugin-api-keys-node/internal';
import { Stores } from '../database/stores';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import {
  limitedWithoutPermissions,
  noSuchPermission,
  noSuchPlugin,
  permissionsUnknown,
} from '../restrictions/restrictionErrors';
import {
  AvailablePlugin,
  AvailablePlugins,
} from '../restrictions/AvailablePlugins';
import { AdminAccess } from './AdminAccess';
import { ApiKeyService, Caller } from './ApiKeyService';
import { noSuchKey } from './errors';
import { KeyOwnership } from './KeyOwnership';

type Asked = { plugin: AvailablePlugin; permission?: Permission };

const DECISIONS = {
  [AuthorizeResult.ALLOW]: 'allow',
  [AuthorizeResult.DENY]: 'deny',
  [AuthorizeResult.CONDITIONAL]: 'conditional',
} as const;

/**
 * Predicts the result of a request with a key, in the order of the real decision: status of the key, restrictions, permission
 * policy. A check does not count as a use of the key.
 */
export class KeyChecks {
  readonly #service: ApiKeyService;
  readonly #stores: Pick<Stores, 'keys'>;
  readonly #access: AdminAccess;
  readonly #ownership: KeyOwnership;
  readonly #permissions: PermissionsService;
  readonly #plugins: AvailablePlugins;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    service: ApiKeyService;
    stores: Pick<Stores, 'keys'>;
    access: AdminAccess;
    ownership: KeyOwnership;
    permissions: PermissionsService;
    plugins: AvailablePlugins;
    runtime: ApiKeyRuntime;
  }) {
    this.#service = options.service;
    this.#stores = options.stores;
    this.#access = options.access;
    this.#ownership = options.ownership;
    this.#permissions = options.permissions;
    this.#plugins = options.plugins;
    this.#runtime = options.runtime;
  }

  /**
   * @throws NotFoundError for a key of another owner, unless the caller is an admin who may see it
   * @throws InputError for an unknown plugin or permission
   */
  async check(
    caller: Caller,
    id: string,
    request: CheckApiKeyRequest,
  ): Promise<ApiKeyCheck> {
    const { id: keyId } = await this.#find(caller, id);
    const asked = await this.#toAsked(request);
    const outcome = await this.#runtime.verifier.verifyById(keyId);
    if (!outcome.accepted) return verdict('deny', 'status', outcome.reason);
    return (
      checkRestrictions(outcome.key, asked) ??
      this.#askPolicy(caller, outcome.key, asked)
    );
  }

  async #find(caller: Caller, id: string): Promise<ApiKeyRecord> {
    try {
      return await this.#service.get(caller, id);
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
      await this.#access
        .require(caller, apiKeyAdminReadPermission)
        .catch(() => {
          throw error;
        });
      const scope = await this.#access.visibleKeys(caller);
      const key = await this.#stores.keys.findById(id, scope);
      if (!key) throw noSuchKey(id);
      return key;
    }
  }

  async #toAsked({
    plugin: pluginId,
    permission: name,
  }: CheckApiKeyRequest): Promise<Asked> {
    const plugins = await this.#plugins.list();
    const plugin = plugins.find(one => one.pluginId === pluginId);
    if (!plugin) throw new InputError(noSuchPlugin('plugin', plugins));
    if (name === undefined) return { plugin };
    if (!plugin.permissions) throw permissionsUnknown(pluginId);
    const permission = plugin.permissions.find(one => one.name === name);
    if (!permission) {
      throw new InputError(noSuchPermission('permission', plugin));
    }
    return { plugin, permission };
  }

  async #askPolicy(
    caller: Caller,
    key: VerifiedApiKey,
    { plugin: { pluginId }, permission }: Asked,
  ): Promise<ApiKeyCheck> {
    const { subject } = key;
    if (!permission) {
      return verdict(
        'allow',
        'policy',
        `The API key may call the plugin '${pluginId}', which asks the permission policy about what ${subject} may do there`,
      );
    }
    if (subject !== caller.userEntityRef) {
      // A policy needs the credentials of the user it decides about, and only the caller's are available.
      return verdict(
        'conditional',
        'policy',
        `The restrictions of the API key allow it, and the permission policy decides whether ${subject} may; only ${subject} can ask it`,
      );
    }
    if (!(await this.#ownership.isSame(caller, key))) {
      return verdict(
        'conditional',
        'policy',
        `The restrictions of the API key allow it, and the permission policy decides whether the key may: the key does not own the same as your session, with which the policy would be asked here`,
      );
    }
    const decision = DECISIONS[await this.#resultFor(caller, permission)];
    const words = {
      allow: `The permission policy allows ${subject} to use '${permission.name}'`,
      deny: `The permission policy does not allow ${subject} to use '${permission.name}'`,
      conditional: `The permission policy allows ${subject} to use '${permission.name}' for some things and not for others`,
    };
    return verdict(decision, 'policy', words[decision]);
  }

  async #resultFor(
    { credentials }: Caller,
    permission: Permission,
  ): Promise<AuthorizeResult> {
    const [{ result }] = isResourcePermission(permission)
      ? await this.#permissions.authorizeConditional([{ permission }], {
          credentials,
        })
      : await this.#permissions.authorize([{ permission }], { credentials });
    return result;
  }
}

/** Returns the verdict of a key's restrictions; undefined if the permission policy decides. */
function checkRestrictions(
  key: VerifiedApiKey,
  { plugin: { pluginId, permissions }, permission }: Asked,
): ApiKeyCheck | undefined {
  const denial = findDenial(key, { plugin: pluginId });
  if (denial) return verdict('deny', 'restriction', denial.error.message);
  if (!isLimitedToPermissions(key, pluginId)) return undefined;
  if (!permissions) throw permissionsUnknown(pluginId);
  if (permissions.length === 0) {
    return verdict('deny', 'restriction', limitedWithoutPermissions(pluginId));
  }
  if (!permission) {
    return verdict(
      'conditional',
      'restriction',
      `The API key may call what asks for a permission that it has in the plugin '${pluginId}', and nothing else there`,
    );
  }
  if (isAllowed(key, { plugin: pluginId, permission })) return undefined;
  return verdict(
    'deny',
    'restriction',
    `The API key may be used for the plugin '${pluginId}', but not for its permission '${permission.name}'`,
  );
}

function verdict(
  decision: ApiKeyCheck['decision'],
  rule: ApiKeyCheck['rule'],
  message: string,
): ApiKeyCheck {
  return { allowed: decision === 'allow', decision, rule, message };
}
