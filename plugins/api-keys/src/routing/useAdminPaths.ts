import { useMemo } from 'react';
import {
  InventoryFilters,
  writeFilters,
} from '../shared/filters/inventoryFilters';
import { TrailFilters, trailSearch } from '../shared/filters/trailFilters';
import { adminRouteRef } from './routes';
import { useRoutePath } from './useRoutePath';

/** The addresses of the tabs of the page *API keys admin*, wherever the app put it. */
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
