import { actionsServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  ActionsService,
  actionsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { innerServiceRef } from './innerServiceRef';

export { actionsServiceRef };
export type { ActionsService };

/** Backstage's actions service. It lists and invokes actions of plugins on behalf of credentials, and does not check them itself. */
export const innerActionsServiceRef = innerServiceRef(
  actionsServiceRef,
  actionsServiceFactory,
);
