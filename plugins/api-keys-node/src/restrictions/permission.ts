import {
  allowsPermission,
  isLimitedToPermissions,
} from 'backstage-plugin-api-keys-common';
import { findRepeated } from './findRepeated';
import { asksForOthers, onlyOverHttp, unknownRoute } from './guarded/denials';
import { RouteAccess } from './guarded/GuardedRoutes';
import { RestrictedKey, Restriction, RestrictionContext } from './Restriction';

/** Limits a key to permissions of a plugin, and so to the routes of the plugin on which they can be enforced. */
export const permissionRestriction: Restriction = {
  kind: 'permission',

  parse: ({ accessRestrictions = [] }) => ({
    restrictions: {},
    problems: accessRestrictions.flatMap(
      ({ permission, permissionAttribute }, index) => {
        const entry = `accessRestrictions[${index}]`;
        return [
          ...findRepeated(permission ?? [], i => `${entry}.permission[${i}]`),
          ...findRepeated(
            permissionAttribute?.action ?? [],
            i => `${entry}.permissionAttribute.action[${i}]`,
          ),
        ];
      },
    ),
  }),

  check(key, context) {
    const { plugin, permission } = context;
    if (plugin === undefined) return true;
    const isAllowed = !permission || allowsPermission(key, plugin, permission);
    return isAllowed && findRouteAccess(key, context) !== 'closed';
  },

  describe(key, { plugin = '', permission, request }) {
    if (permission && !allowsPermission(key, plugin, permission)) {
      return { message: asksForOthers(plugin, [permission.name]) };
    }
    return {
      message: request?.route ? unknownRoute(plugin) : onlyOverHttp(plugin),
    };
  },
};

/**
 * Returns how the permissions of a key are enforced in a request to a plugin; undefined for a key that is not limited to
 * permissions.
 */
export function findRouteAccess(
  key: RestrictedKey,
  { plugin, request }: RestrictionContext,
): RouteAccess | undefined {
  const isLimited =
    plugin !== undefined && request && isLimitedToPermissions(key, plugin);
  if (!isLimited) return undefined;
  const { route, guardedRoutes } = request;
  return route ? guardedRoutes.accessTo(plugin, route) : 'closed';
}
