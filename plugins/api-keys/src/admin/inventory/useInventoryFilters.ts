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

/** What the address of the page narrows the inventory down to, and the query that it comes to once the typing rests. */
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
  // What is taken away as a whole has been decided on.
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
    /** Whether the query is what the filters say. */
    settled: search === typed,
  };
}
