import {
  AuthorizeResult,
  isPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { apiKeyConditions, createApiKeyConditionalDecision } from '../index';
import {
  apiKeyAdminManagePermission,
  apiKeyAdminReadPermission,
  apiKeyReadPermission,
} from 'backstage-plugin-api-keys-common';

const ADMINS = 'group:default/platform-admins';
const AUDITORS = 'group:default/security';
const REGIONAL_AUDITORS = 'group:default/regional-security';

export class CompanyPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const isIn = (...groups: string[]) =>
      groups.some(group => user?.info.ownershipEntityRefs.includes(group));

    if (isPermission(permission, apiKeyAdminManagePermission)) {
      return decide(isIn(ADMINS));
    }
    if (isPermission(permission, apiKeyAdminReadPermission)) {
      return decide(isIn(ADMINS, AUDITORS, REGIONAL_AUDITORS));
    }
    if (
      isPermission(permission, apiKeyReadPermission) &&
      isIn(REGIONAL_AUDITORS) &&
      !isIn(ADMINS, AUDITORS)
    ) {
      return createApiKeyConditionalDecision(
        permission,
        apiKeyConditions.hasOwnerKind({ kinds: ['group'] }),
      );
    }
    // Replace this with the other decisions of your policy.
    return decide(user !== undefined);
  }
}

function decide(isAllowed: boolean): PolicyDecision {
  return { result: isAllowed ? AuthorizeResult.ALLOW : AuthorizeResult.DENY };
}
