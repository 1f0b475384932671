import { createContext, PropsWithChildren, useContext, useMemo } from 'react';
import { useResolvedPath } from 'react-router-dom';
import { InventoryFilters, writeFilters } from '../lib/inventoryFilters';
import { TrailFilters, trailSearch } from '../lib/trailFilters';

const PageContext = createContext('');

/** Remembers where the page is: its tabs are routes of their own, each of which is somewhere else. */
export const AdminPathsProvider = ({ children }: PropsWithChildren<{}>) => {
  const { pathname } = useResolvedPath('.');
  return (
    <PageContext.Provider value={pathname}>{children}</PageContext.Provider>
  );
};

/** The addresses of the tabs of the page *API keys admin*, from any of them. */
export function useAdminPaths() {
  const page = useContext(PageContext);
  return useMemo(
    () => ({
      inventory: (filters: InventoryFilters) =>
        `${page}?${writeFilters(filters)}`,
      trail: (filters: Partial<TrailFilters>) =>
        `${page}/events${trailSearch(filters)}`,
    }),
    [page],
  );
}
