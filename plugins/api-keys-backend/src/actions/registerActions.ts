import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { Audit } from '../audit/Audit';
import { ApiKeyService } from '../service/ApiKeyService';
import { ActionCallers } from './ActionCallers';
import { registerListAction } from './registerListAction';
import { registerRevokeAction } from './registerRevokeAction';
import { registerWhoamiAction } from './registerWhoamiAction';

/**
 * What agents can do with keys, by MCP for example. Nothing that makes a secret is among it: the answer would stand in a
 * chat, and in whatever keeps chats.
 *
 * None has a `visibilityPermission`, which cannot be one on resources, as all permissions on keys are: every action asks the
 * service instead, which asks the policy.
 */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  service: ApiKeyService;
  callers: ActionCallers;
  audit: Audit;
}): void {
  registerListAction(options);
  registerWhoamiAction(options);
  registerRevokeAction(options);
}
