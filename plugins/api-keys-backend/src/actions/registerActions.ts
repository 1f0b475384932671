import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Audit } from '../observability/audit/Audit';
import { ActionsRegistryService } from '../backstage/actionsRegistry';
import { UnavailableError } from '../lib/UnavailableError';
import { ApiKeyService } from '../service/ApiKeyService';
import { runOperation } from '../service/runOperation';
import { ActionCallers } from './ActionCallers';
import { registerListAction } from './registerListAction';
import { registerRevokeAction } from './registerRevokeAction';
import { registerWhoamiAction } from './registerWhoamiAction';

/**
 * Registers the actions on keys for agents, for example over MCP. None of them returns a secret, which would appear in a chat and
 * in its history.
 *
 * None has a `visibilityPermission`, which cannot be a resource permission, as all permissions on keys are. Instead, every action
 * calls the service, which asks the policy.
 */
export function registerActions(options: {
  actionsRegistry: ActionsRegistryService;
  service: ApiKeyService;
  callers: ActionCallers;
  audit: Audit;
  logger: LoggerService;
}): void {
  const actionsRegistry = withOperations(options);
  registerListAction({ ...options, actionsRegistry });
  registerWhoamiAction({ ...options, actionsRegistry });
  registerRevokeAction({ ...options, actionsRegistry });
}

/** Registers actions that respond like the operations of the HTTP API if a dependency is unavailable. */
function withOperations(options: {
  actionsRegistry: ActionsRegistryService;
  logger: LoggerService;
}): ActionsRegistryService {
  const { actionsRegistry, logger } = options;
  return {
    register: action =>
      actionsRegistry.register({
        ...action,
        action: async context => {
          const kind = action.attributes?.readOnly ? 'read' : 'change';
          try {
            return await runOperation(kind, async () => action.action(context));
          } catch (error) {
            if (error instanceof UnavailableError) {
              const { message, reason } = error;
              logger.warn(
                `The action api-keys:${action.name} was answered with 503: ${message}`,
                toError(reason),
              );
            }
            throw error;
          }
        },
      }),
  };
}
