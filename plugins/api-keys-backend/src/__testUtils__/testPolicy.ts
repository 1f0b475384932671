import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';

/** Decides by permission name and user; undefined allows. */
export type TestPolicy = (
  query: PolicyQuery,
  user: PolicyQueryUser | undefined,
) => PolicyDecision | undefined | Promise<PolicyDecision>;

/** Only Grace administers the keys of others. */
export const onlyGraceAdministers: TestPolicy = ({ permission }, user) =>
  permission.name.startsWith('api-keys.admin.') &&
  user?.info.userEntityRef !== 'user:default/grace'
    ? { result: AuthorizeResult.DENY }
    : undefined;

/** Installs a policy that a test can change while the backend runs. */
export const testPolicyModule = (policy: { current: TestPolicy }) =>
  createBackendModule({
    pluginId: 'permission',
    moduleId: 'test-policy',
    register(reg) {
      reg.registerInit({
        deps: { extension: policyExtensionPoint },
        async init({ extension }) {
          extension.setPolicy({
            handle: async (query, user) =>
              policy.current(query, user) ?? { result: AuthorizeResult.ALLOW },
          });
        },
      });
    },
  });
