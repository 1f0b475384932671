import {
  UserInfoService,
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  catalogEntityReadPermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  Permission,
  PolicyDecision,
  isPermission,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import {
  apiKeyAdminReadPermission,
  apiKeyCreatePermission,
  apiKeyReadPermission,
  apiKeyRevokePermission,
  apiKeyRotatePermission,
  apiKeyUpdatePermission,
} from 'backstage-plugin-api-keys-common';

const ADMINS = 'group:default/platform-admins';
const AUDITORS = 'group:default/security';

/**
 * Permissions of all signed-in users.
 *
 * The permissions on keys need no conditions: the plugin itself shows and changes only the caller's own keys,
 * whatever a policy says. They are listed one by one, so that a new admin permission is not granted by accident.
 */
const EVERYBODY: Permission[] = [
  catalogEntityReadPermission,
  catalogLocationReadPermission,
  apiKeyCreatePermission,
  apiKeyReadPermission,
  apiKeyUpdatePermission,
  apiKeyRotatePermission,
  apiKeyRevokePermission,
];

/** Additional permissions of auditors: read everybody's keys, and change none. */
const FOR_AUDITORS: Permission[] = [apiKeyAdminReadPermission];

/**
 * Allows administrators everything, other users the permissions listed above, and unauthenticated requests nothing.
 */
export class DemoPermissionPolicy implements PermissionPolicy {
  readonly #userInfo: UserInfoService;

  constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    if (isAmong(EVERYBODY, permission)) {
      return { result: AuthorizeResult.ALLOW };
    }
    // A request with an API key arrives here as its user, with the same groups: a policy needs no rules for keys.
    const { ownershipEntityRefs } = await this.#userInfo.getUserInfo(
      user.credentials,
    );
    const isAllowed =
      ownershipEntityRefs.includes(ADMINS) ||
      (ownershipEntityRefs.includes(AUDITORS) &&
        isAmong(FOR_AUDITORS, permission));
    return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
  }
}

function isAmong(allowed: Permission[], permission: Permission): boolean {
  return allowed.some(each => isPermission(permission, each));
}

export default createBackendModule({
  pluginId: 'permission',
  moduleId: 'demo-policy',
  register(reg) {
    reg.registerInit({
      deps: { policy: policyExtensionPoint, userInfo: coreServices.userInfo },
      async init({ policy, userInfo }) {
        policy.setPolicy(new DemoPermissionPolicy(userInfo));
      },
    });
  },
});
