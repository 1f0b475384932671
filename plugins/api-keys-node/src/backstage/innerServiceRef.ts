import {
  createServiceRef,
  ServiceFactory,
  ServiceRef,
} from '@backstage/backend-plugin-api';

/**
 * Returns a ref to the plugin-scoped service that a service of this package wraps: Backstage's own, unless the app replaces it
 * with `behindApiKeys`.
 *
 * Relies on service factories being plain objects, so that a copy of one can serve another ref.
 *
 * @param service - the Backstage service that is wrapped
 * @param stock - its factory in `@backstage/backend-defaults`
 * @param dependencies - replacements for dependencies of the factory, by service id
 */
export function innerServiceRef<TService>(
  service: ServiceRef<TService, 'plugin', 'singleton'>,
  stock: ServiceFactory,
  dependencies?: ReadonlyMap<string, ServiceRef<unknown>>,
): ServiceRef<TService, 'plugin', 'singleton'> {
  return createServiceRef<TService>({
    id: `api-keys.inner.${service.id}`,
    scope: 'plugin',
    defaultFactory: async inner => serveAs(inner, stock, dependencies),
  });
}

/** Returns a copy of a factory that serves another ref, with some of its dependencies replaced. */
export function serveAs<TService>(
  service: ServiceRef<TService, 'plugin', 'singleton'>,
  factory: ServiceFactory,
  dependencies: ReadonlyMap<string, ServiceRef<unknown>> = new Map(),
): ServiceFactory<TService, 'plugin', 'singleton'> {
  // The factory type does not declare `deps`, and does not allow another ref.
  const { deps } = factory as { deps?: Record<string, ServiceRef<unknown>> };
  const given = Object.entries(deps ?? {}).map(([name, ref]) => [
    name,
    dependencies.get(ref.id) ?? ref,
  ]);
  return {
    ...factory,
    service,
    deps: Object.fromEntries(given),
  } as ServiceFactory<TService, 'plugin', 'singleton'>;
}
