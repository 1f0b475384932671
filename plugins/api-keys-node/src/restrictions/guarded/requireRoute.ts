import { ApiKeyScopeError } from '../../errors';
import { onlyOverHttp, unknownRoute } from './denials';
import { GuardedRoutes, RouteAccess } from './GuardedRoutes';
import { RequestedRoute } from './RoutePattern';

/**
 * Makes sure that a key which is limited to some permissions of a plugin can be held to them on a route.
 *
 * @param route - undefined where a token is authenticated outside of a request
 * @throws {@link ApiKeyScopeError} for a route that has to be known to ask for a permission, and is not
 */
export function requireRoute(
  pluginId: string,
  route: RequestedRoute | undefined,
  guardedRoutes: GuardedRoutes,
): Exclude<RouteAccess, 'closed'> {
  if (!route) throw new ApiKeyScopeError(onlyOverHttp(pluginId));
  const access = guardedRoutes.accessTo(pluginId, route);
  if (access === 'closed') throw new ApiKeyScopeError(unknownRoute(pluginId));
  return access;
}
