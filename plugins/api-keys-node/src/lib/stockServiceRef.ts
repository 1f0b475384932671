import {
  createServiceRef,
  ServiceFactory,
  ServiceRef,
} from '@backstage/backend-plugin-api';

/**
 * Returns a ref to Backstage's own service of each plugin, under which a factory that takes its place can depend on it.
 *
 * @param id - of the ref, not of the service
 * @param factory - the one of `@backstage/backend-defaults`
 * @param deps - services that it gets in the place of those that it depends on, by the names that it has for them
 */
export function stockServiceRef<TService>(
  id: string,
  factory: object & { deps?: object },
  deps?: Record<string, ServiceRef<unknown>>,
): ServiceRef<TService, 'plugin'> {
  return createServiceRef<TService>({
    id,
    scope: 'plugin',
    // The type of a factory does not allow it to serve another ref.
    defaultFactory: async service =>
      ({
        ...factory,
        service,
        deps: { ...factory.deps, ...deps },
      } as unknown as ServiceFactory<TService, 'plugin'>),
  });
}
