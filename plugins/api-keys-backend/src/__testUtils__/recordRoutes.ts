import { apiKeyHttpRouterServiceFactory } from 'backstage-plugin-api-keys-node/internal';
import {
  BackendFeature,
  HttpRouterService,
} from '@backstage/backend-plugin-api';

/** Route as Express knows it: its method, and the path within its plugin. */
export type DeclaredRoute = { method: string; path: string };

/** Internal structure of an Express router. */
type Layer = {
  regexp: RegExp & { fast_slash?: boolean };
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: Handle;
};
/** Router, or an application that contains one. */
type Handle = { stack?: Layer[]; _router?: { stack: Layer[] } };
type Deps = Record<string, any>;

/** The type hides that the feature has a factory. */
const STOCK = apiKeyHttpRouterServiceFactory as unknown as BackendFeature & {
  factory(deps: Deps, context: unknown): Promise<HttpRouterService>;
};

/**
 * Finds the routes that plugins declare, including those of nested routers. A handler for everything below a path
 * counts as one route for each method.
 */
export class RecordedRoutes {
  readonly #handlers = new Map<string, Handle[]>();

  /** The HTTP router service of a portal with keys, which also records the routers of plugins. */
  readonly feature: BackendFeature = {
    ...STOCK,
    factory: async (deps: Deps, context: unknown) => {
      const service = await STOCK.factory(deps, context);
      const handlers: Handle[] = [];
      this.#handlers.set(deps.plugin.getId(), handlers);
      return {
        addAuthPolicy: policy => service.addAuthPolicy(policy),
        addWebSocketHandler: options => service.addWebSocketHandler(options),
        use: handler => {
          handlers.push(handler as Handle);
          service.use(handler);
        },
      } satisfies HttpRouterService;
    },
  } as BackendFeature;

  of(pluginId: string): DeclaredRoute[] {
    const handlers = this.#handlers.get(pluginId) ?? [];
    const all = handlers.flatMap(handle => routesOf(handle, ''));
    const unique = new Map(all.map(one => [`${one.method} ${one.path}`, one]));
    return [...unique.values()];
  }
}

const ANY_METHOD = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

function routesOf(router: Handle, prefix: string): DeclaredRoute[] {
  const stack = router.stack ?? router._router?.stack ?? [];
  return stack.flatMap(({ route, handle, regexp }) => {
    if (route) {
      const methods = Object.keys(route.methods).flatMap(method =>
        method === '_all' ? ANY_METHOD : method.toUpperCase(),
      );
      return [route.path]
        .flat()
        .flatMap(path =>
          methods.map(method => ({ method, path: prefix + path })),
        );
    }
    const mount = prefix + mountOf(regexp);
    if (handle.stack ?? handle._router) return routesOf(handle, mount);
    // Middleware without a path is no route; middleware with a path may respond.
    return mount === prefix
      ? []
      : ANY_METHOD.map(method => ({ method, path: `${mount}/x` }));
  });
}

/** Returns the mount path of a router, which Express stores only as a regular expression. */
function mountOf(regexp: Layer['regexp']): string {
  if (regexp.fast_slash) return '';
  const source = /^\^(.*)\\\/\?\(\?=\\\/\|\$\)$/.exec(regexp.source)?.[1];
  return source?.replace(/\\(.)/g, '$1').replace(/\/$/, '') ?? '';
}
