import { Config } from '@backstage/config';
import { invalidConfigValue } from '../../config/invalidValue';
import { RequestedRoute, RoutePattern } from './RoutePattern';
import { SHIPPED_ACTIONS, SHIPPED_ROUTES } from './shippedRoutes';

const ROUTES_KEY = 'apiKeys.restrictions.guardedRoutes';
const ACTIONS_KEY = 'apiKeys.restrictions.guardedActions';
const PLUGIN_ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ACTION_ID = /^[a-z0-9]+(-[a-z0-9]+)*:\S+$/;
/** Case-insensitive, like the routes of Express. */
const ACTIONS = /^\/\.backstage\/actions\//i;
const ACTION_LIST = /^\/\.backstage\/actions\/v\d+\/actions$/;
const ACTION_CALL = /^\/\.backstage\/actions\/v\d+\/actions\/([^/]+)\/invoke$/;
/** Routes of the framework, such as those for schedules and cookies. They ask for no permission in any plugin. */
const FRAMEWORK_ROUTE = /\/\.backstage\/(?!actions\/)/i;
const SAFE_METHODS = ['GET', 'HEAD'];

/**
 * Outcome of a request with a key that is limited to some permissions of the plugin:
 *
 * - `closed`: denied before the plugin sees it
 * - `ask-first`: answered only if the plugin asked for a permission that the key has
 * - `guarded`: like `ask-first`, but errors before the plugin asks are also passed on, since the route is known to ask before
 * it does anything
 * - `open`: limited elsewhere
 *
 * @public
 */
export type RouteAccess = 'closed' | 'ask-first' | 'guarded' | 'open';

/**
 * Lists the routes and actions that ask for a permission before they do anything: tested ones, and those that the configuration
 * declares. Routes with safe methods need no entry, since their answers can be withheld.
 *
 * @public
 */
export class GuardedRoutes {
  readonly #routes: ReadonlyMap<string, readonly RoutePattern[]>;
  readonly #actions: ReadonlySet<string>;

  private constructor(
    routes: ReadonlyMap<string, readonly RoutePattern[]>,
    actions: ReadonlySet<string>,
  ) {
    this.#routes = routes;
    this.#actions = actions;
  }

  /**
   * Reads `apiKeys.restrictions.guardedRoutes` and `apiKeys.restrictions.guardedActions`.
   *
   * @throws Error naming the key, the value and what is allowed
   */
  static fromConfig(config: Config): GuardedRoutes {
    const declared = config.getOptionalConfig(ROUTES_KEY);
    const plugins = new Set([
      ...Object.keys(SHIPPED_ROUTES),
      ...(declared?.keys() ?? []),
    ]);
    return new GuardedRoutes(
      new Map(
        [...plugins].map(id => [
          id,
          [...parseShipped(id), ...(declared ? readRoutes(declared, id) : [])],
        ]),
      ),
      new Set([...SHIPPED_ACTIONS, ...readActions(config)]),
    );
  }

  /** @param requestPath - the whole path of the request, such as `/api/catalog/locations` */
  accessTo(
    pluginId: string,
    { method, path: requestPath }: RequestedRoute,
  ): RouteAccess {
    if (FRAMEWORK_ROUTE.test(requestPath)) return 'closed';
    const path = pathWithin(pluginId, requestPath);
    const isSafe = SAFE_METHODS.includes(method);
    if (path !== undefined && ACTIONS.test(path)) {
      if (!isSafe) return this.#hasAction(method, path) ? 'open' : 'closed';
      const isList = ACTION_LIST.test(path) && this.#hasActions(pluginId);
      return isList ? 'open' : 'ask-first';
    }
    if (isSafe) return 'ask-first';
    const isGuarded =
      path !== undefined &&
      this.#routes.get(pluginId)?.some(one => one.matches({ method, path }));
    return isGuarded ? 'guarded' : 'closed';
  }

  #hasActions(pluginId: string): boolean {
    return [...this.#actions].some(id => id.startsWith(`${pluginId}:`));
  }

  #hasAction(method: string, path: string): boolean {
    const [, id] = ACTION_CALL.exec(path) ?? [];
    if (method !== 'POST' || id === undefined) return false;
    try {
      return this.#actions.has(decodeURIComponent(id));
    } catch {
      return false;
    }
  }
}

function pathWithin(pluginId: string, path: string): string | undefined {
  const root = `/api/${pluginId}`;
  return path.startsWith(`${root}/`) ? path.slice(root.length) : undefined;
}

function parseShipped(pluginId: string): RoutePattern[] {
  return (SHIPPED_ROUTES[pluginId] ?? []).map(text => {
    const pattern = RoutePattern.parse(text);
    if (!pattern) throw new Error(`'${text}' is no pattern of a route`);
    return pattern;
  });
}

function readRoutes(declared: Config, pluginId: string): RoutePattern[] {
  if (!PLUGIN_ID.test(pluginId)) {
    throw invalidConfigValue(
      ROUTES_KEY,
      pluginId,
      'routes by the id of their plugin, such as todo',
    );
  }
  const texts = declared.getOptionalStringArray(pluginId) ?? [];
  return texts.map((text, index) => {
    const pattern = RoutePattern.parse(text);
    if (pattern) return pattern;
    throw invalidConfigValue(
      `${ROUTES_KEY}.${pluginId}[${index}]`,
      text,
      'POST, PUT, PATCH or DELETE and a path within the plugin, such as POST /todos/:id',
    );
  });
}

function readActions(config: Config): string[] {
  const actions = config.getOptionalStringArray(ACTIONS_KEY) ?? [];
  actions.forEach((id, index) => {
    if (ACTION_ID.test(id)) return;
    throw invalidConfigValue(
      `${ACTIONS_KEY}[${index}]`,
      id,
      'the id of an action, such as todo:create',
    );
  });
  return actions;
}
