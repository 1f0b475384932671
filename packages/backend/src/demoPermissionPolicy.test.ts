import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  Permission,
  createPermission,
} from '@backstage/plugin-permission-common';
import {
  apiKeyAdminManagePermission,
  apiKeyAdminReadPermission,
  apiKeyCreatePermission,
  apiKeyIntrospectPermission,
  apiKeyReadPermission,
  apiKeyRevokePermission,
  apiKeyRotatePermission,
  apiKeyUpdatePermission,
} from 'backstage-plugin-api-keys-common';
import { DemoPermissionPolicy } from './demoPermissionPolicy';

const unknown = createPermission({ name: 'some.new.thing', attributes: {} });
const ADMIN = ['user:default/grace', 'group:default/platform-admins'];
const AUDITOR = ['user:default/noor', 'group:default/security'];
const DEVELOPER = ['user:default/ada', 'group:default/team-a'];

async function decide(permission: Permission, ownership?: string[]) {
  const policy = new DemoPermissionPolicy(
    mockServices.userInfo.mock({
      getUserInfo: async () => ({
        userEntityRef: ownership![0],
        ownershipEntityRefs: ownership!,
      }),
    }),
  );
  const credentials = mockCredentials.user(ownership?.[0]);
  const info = {
    userEntityRef: ownership?.[0] ?? '',
    ownershipEntityRefs: ownership ?? [],
  };
  const decision = await policy.handle(
    { permission },
    ownership && { credentials, info },
  );
  return decision.result;
}

const FOR_EVERYBODY = [
  catalogEntityReadPermission,
  catalogLocationReadPermission,
  apiKeyCreatePermission,
  apiKeyReadPermission,
  apiKeyUpdatePermission,
  apiKeyRotatePermission,
  apiKeyRevokePermission,
];

const FOR_ADMINS = [
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityRefreshPermission,
  catalogLocationCreatePermission,
  catalogLocationDeletePermission,
  apiKeyAdminManagePermission,
  apiKeyIntrospectPermission,
  unknown,
];

describe('DemoPermissionPolicy', () => {
  it.each(FOR_EVERYBODY)('lets everybody $name', async permission => {
    expect(await decide(permission, DEVELOPER)).toBe(AuthorizeResult.ALLOW);
    expect(await decide(permission, ADMIN)).toBe(AuthorizeResult.ALLOW);
  });

  it.each(FOR_ADMINS)('lets only administrators $name', async permission => {
    expect(await decide(permission, DEVELOPER)).toBe(AuthorizeResult.DENY);
    expect(await decide(permission, AUDITOR)).toBe(AuthorizeResult.DENY);
    expect(await decide(permission, ADMIN)).toBe(AuthorizeResult.ALLOW);
  });

  it('lets auditors look at everybody’s keys', async () => {
    const permission = apiKeyAdminReadPermission;
    expect(await decide(permission, AUDITOR)).toBe(AuthorizeResult.ALLOW);
    expect(await decide(permission, ADMIN)).toBe(AuthorizeResult.ALLOW);
    expect(await decide(permission, DEVELOPER)).toBe(AuthorizeResult.DENY);
    expect(await decide(permission)).toBe(AuthorizeResult.DENY);
  });

  it.each([...FOR_EVERYBODY, ...FOR_ADMINS])(
    'denies $name without authentication',
    async permission => {
      expect(await decide(permission)).toBe(AuthorizeResult.DENY);
    },
  );

  it('takes a key of the group itself for an administrator', async () => {
    expect(await decide(unknown, ['group:default/platform-admins'])).toBe(
      AuthorizeResult.ALLOW,
    );
  });

  it('denies a user or a namespace with the name of the group', async () => {
    expect(await decide(unknown, ['user:default/platform-admins'])).toBe(
      AuthorizeResult.DENY,
    );
    expect(await decide(unknown, ['group:other/platform-admins'])).toBe(
      AuthorizeResult.DENY,
    );
  });
});
