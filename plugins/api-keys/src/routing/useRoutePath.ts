import {
  AnyParams,
  RouteFunc,
  RouteRef,
  SubRouteRef,
  useApiHolder,
  useRouteRef as useLegacyRouteRef,
} from '@backstage/core-plugin-api';
import {
  routeResolutionApiRef,
  useRouteRef as useAppRouteRef,
} from '@backstage/frontend-plugin-api';

type Ref<Params extends AnyParams> = RouteRef<Params> | SubRouteRef<Params>;

/**
 * Returns the function that builds the path of a page; undefined if the app does not have the page.
 *
 * Backstage's hook for both frontend systems (`useRouteRef` of `core-plugin-api`) reads from React Router in both.
 */
export function useRoutePath<Params extends AnyParams>(
  ref: Ref<Params>,
): RouteFunc<Params> | undefined {
  const isNewSystem = useApiHolder().get(routeResolutionApiRef) !== undefined;
  // The condition never changes within an app, so the order of hooks is stable.
  const useResolved = isNewSystem ? useAppRouteRef : useLegacyRoute;
  return useResolved(ref as never) as RouteFunc<Params> | undefined;
}

/** The old frontend system throws for a page that is not mounted. */
function useLegacyRoute<Params extends AnyParams>(ref: Ref<Params>) {
  try {
    return useLegacyRouteRef(ref);
  } catch {
    return undefined;
  }
}
