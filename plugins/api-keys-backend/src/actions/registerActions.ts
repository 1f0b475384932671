import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { Audit } from '../audit/Audit';
import { ActionsRegistryService } from '../backstage/actionsRegistry';
import { UnavailableError } from '../lib/UnavailableError';
import { ApiKeyService } from '../service/ApiKeyService';
import { runOperation } from '../service/runOperation';
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
  logger: LoggerService;
}): void {
  const actionsRegistry = withOperations(options);
  registerListAction({ ...options, actionsRegistry });
  registerWhoamiAction({ ...options, actionsRegistry });
  registerRevokeAction({ ...options, actionsRegistry });
}

/** Registers actions that answer as the operations of the HTTP API do when something is away. */
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
