import {
  coreServices,
  ServiceFactory,
  ServiceRef,
} from '@backstage/backend-plugin-api';
import { actionsServiceRef, innerActionsServiceRef } from './backstage/actions';
import {
  HTTP_ROUTER_DEPENDENCIES,
  innerHttpRouterServiceRef,
} from './http-auth/innerHttpRouter';
import { serveAs } from './backstage/innerServiceRef';
import { innerPermissionsServiceRef } from './backstage/permissions';
import {
  innerTokenHandlerDecoratorServiceRef,
  pluginTokenHandlerDecoratorServiceRef,
} from './backstage/tokenHandler';
import { innerUserInfoServiceRef } from './backstage/userInfo';

/** The services that another factory can stand behind, by the id of the service whose place the one for keys takes. */
const INNER = new Map<string, ServiceRef<unknown, 'plugin', 'singleton'>>([
  [
    pluginTokenHandlerDecoratorServiceRef.id,
    innerTokenHandlerDecoratorServiceRef,
  ],
  [coreServices.httpRouter.id, innerHttpRouterServiceRef],
  [coreServices.permissions.id, innerPermissionsServiceRef],
  [coreServices.userInfo.id, innerUserInfoServiceRef],
  [actionsServiceRef.id, innerActionsServiceRef],
]);

/**
 * Puts a service factory of yours, or of another plugin, behind the one for API keys, so that both work. Backstage takes one factory
 * for each of these services: the one that is added to the backend replaces the one for keys, and two from feature loaders stop the
 * start.
 *
 * The factory is asked where Backstage's own would be asked otherwise: the token handler decorator, the HTTP router, the permissions
 * service, the user info service or the actions service.
 *
 * @example
 * ```ts
 * backend.add(behindApiKeys(userInfoServiceFactory));
 * ```
 *
 * @throws for a factory of any other service
 * @public
 */
export function behindApiKeys(factory: ServiceFactory): ServiceFactory {
  const inner = INNER.get(factory.service.id);
  if (!inner) {
    throw new Error(
      `behindApiKeys was given a factory of '${
        factory.service.id
      }', and must be given one of ${[...INNER.keys()].join(', ')}`,
    );
  }
  const isRouter = inner === innerHttpRouterServiceRef;
  return serveAs(
    inner,
    factory,
    isRouter ? HTTP_ROUTER_DEPENDENCIES : undefined,
  );
}
