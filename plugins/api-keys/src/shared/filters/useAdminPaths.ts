import { useMemo } from 'react';
import { InventoryFilters, writeFilters } from './inventoryFilters';
import { TrailFilters, trailSearch } from './trailFilters';
import { adminRouteRef } from '../../routing/routes';
import { useRoutePath } from '../../routing/useRoutePath';

/** Returns the paths of the tabs of *API keys admin*, wherever the app has mounted it. */
export function useAdminPaths() {
  const page = useRoutePath(adminRouteRef);
  if (!page) {
    throw new Error(
      'The app lacks the page “API keys admin” (page:api-keys/admin)',
    );
  }
  return useMemo(
    () => ({
      tab: (name: string) => (name ? `${page()}/${name}` : page()),
      inventory: (filters: InventoryFilters) =>
        `${page()}?${writeFilters(filters)}`,
      trail: (filters: Partial<TrailFilters>) =>
        `${page()}/events${trailSearch(filters)}`,
    }),
    [page],
  );
}
