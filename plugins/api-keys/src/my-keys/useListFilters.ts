import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../routing/useAddressParams';
import { useDebouncedValue } from '../shared/data/useDebouncedValue';
import {
  DEFAULT_LIST_FILTERS,
  ListFilterValues,
  readListFilters,
  toApiKeysQuery,
  writeListFilters,
} from './listQuery';

/** Reads the filters from the URL and derives the query, debounced while the user types. */
export function useListFilters() {
  const [params, setParams] = useAddressParams();
  const filters = useMemo(() => readListFilters(params), [params]);
  const setFilters = useCallback(
    (next: ListFilterValues) =>
      setParams(writeListFilters(next), { replace: true }),
    [setParams],
  );

  const typed = filters.search.trim();
  const rested = useDebouncedValue(typed);
  // Clearing the text needs no debounce.
  const search = typed && rested;
  const applied = writeListFilters({ ...filters, search }).toString();
  const query = useMemo(
    () => toApiKeysQuery(readListFilters(new URLSearchParams(applied))),
    [applied],
  );

  return {
    filters,
    setFilters,
    query,
    /** True without filters. */
    isDefault: filters.group === DEFAULT_LIST_FILTERS.group && !search,
    reset: () =>
      setFilters({ ...DEFAULT_LIST_FILTERS, orderBy: filters.orderBy }),
  };
}
