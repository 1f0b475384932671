import { ApiKeyScopeError } from '../../errors';
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
  if (access !== 'closed') return access;
  throw new ApiKeyScopeError(
    `${limitedTo(
      pluginId,
    )}, and this route is not known to ask for one: use a key for the whole plugin, or have the route declared in apiKeys.restrictions.guardedRoutes`,
  );
}

export function onlyOverHttp(pluginId: string): string {
  return `${limitedTo(
    pluginId,
  )}, and can be held to them only in requests over HTTP`;
}

function limitedTo(pluginId: string): string {
  return `The API key is for some permissions of the plugin '${pluginId}'`;
}
