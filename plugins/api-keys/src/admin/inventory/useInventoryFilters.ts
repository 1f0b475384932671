import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../../routing/useAddressParams';
import { useDebouncedValue } from '../../shared/data/useDebouncedValue';
import {
  InventoryFilters,
  readFilters,
  toKeyFilter,
  writeFilters,
} from '../../shared/filters/inventoryFilters';
import { InventoryQuery } from './useInventory';

/** Reads the filters from the URL and derives the query, debounced while the user types. */
export function useInventoryFilters() {
  const [params, setParams] = useAddressParams();
  const filters = useMemo(() => readFilters(params), [params]);
  const setFilters = useCallback(
    (next: InventoryFilters) =>
      setParams(writeFilters(next), { replace: true }),
    [setParams],
  );

  const typed = filters.search.trim();
  const rested = useDebouncedValue(typed);
  // Clearing the text needs no debounce.
  const search = typed && rested;
  const applied = writeFilters({ ...filters, search }).toString();
  const { filter, query } = useMemo(() => {
    const { orderBy, ...rest } = readFilters(new URLSearchParams(applied));
    const keyFilter = toKeyFilter(rest, Date.now());
    const inventoryQuery: InventoryQuery = { ...keyFilter, orderBy };
    return { filter: keyFilter, query: inventoryQuery };
  }, [applied]);

  return {
    filters,
    setFilters,
    filter,
    query,
    /** False while the query lags behind the typed text. */
    settled: search === typed,
  };
}
