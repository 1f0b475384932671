import {
  createServiceRef,
  ServiceFactory,
  ServiceRef,
} from '@backstage/backend-plugin-api';

/**
 * Returns a ref to the service of each plugin that a service of this package stands before: Backstage's own, unless the app puts
 * another one there with `behindApiKeys`.
 *
 * Relies on the fields of a service factory being its own, so that a copy of it can serve another ref.
 *
 * @param service - the service of Backstage whose place is taken
 * @param stock - its factory in `@backstage/backend-defaults`
 * @param dependencies - what the factory gets in the place of services that it depends on, by their ids
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

/** Returns a copy of a factory that serves another ref, with other services in the place of some that it depends on. */
export function serveAs<TService>(
  service: ServiceRef<TService, 'plugin', 'singleton'>,
  factory: ServiceFactory,
  dependencies: ReadonlyMap<string, ServiceRef<unknown>> = new Map(),
): ServiceFactory<TService, 'plugin', 'singleton'> {
  // The types of a factory tell nothing of these, and do not allow it to serve another ref.
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
