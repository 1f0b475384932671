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
 * Returns the function that makes the path of a page, wherever the app has put it; nothing if the app does not have the page.
 *
 * Backstage's hook for both frontend systems (`useRouteRef` of `core-plugin-api`) reads from React Router in both.
 */
export function useRoutePath<Params extends AnyParams>(
  ref: Ref<Params>,
): RouteFunc<Params> | undefined {
  const isNewSystem = useApiHolder().get(routeResolutionApiRef) !== undefined;
  // One app has one answer: the hook that is called does not change.
  const useResolved = isNewSystem ? useAppRouteRef : useLegacyRoute;
  return useResolved(ref as never) as RouteFunc<Params> | undefined;
}

/** In the old frontend system, a page that is missing is an error. */
function useLegacyRoute<Params extends AnyParams>(ref: Ref<Params>) {
  try {
    return useLegacyRouteRef(ref);
  } catch {
    return undefined;
  }
}
