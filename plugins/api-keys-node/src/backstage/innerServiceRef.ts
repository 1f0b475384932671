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
 */
export function innerServiceRef<TService>(
  service: ServiceRef<TService, 'plugin', 'singleton'>,
  stock: ServiceFactory,
): ServiceRef<TService, 'plugin', 'singleton'> {
  return createServiceRef<TService>({
    id: `api-keys.inner.${service.id}`,
    scope: 'plugin',
    defaultFactory: async inner => serveAs(inner, stock),
  });
}

/** Returns a copy of a factory that serves another ref. */
export function serveAs<TService>(
  service: ServiceRef<TService, 'plugin', 'singleton'>,
  factory: ServiceFactory,
): ServiceFactory<TService, 'plugin', 'singleton'> {
  // The type of a factory does not allow it to serve another ref.
  return { ...factory, service } as ServiceFactory<
    TService,
    'plugin',
    'singleton'
  >;
}
