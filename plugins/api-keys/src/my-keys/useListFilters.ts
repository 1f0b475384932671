import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../routing/useAddressParams';
import { useDebouncedValue } from '../shared/data/useDebouncedValue';
import {
  DEFAULT_LIST_FILTERS,
  ListFilterValues,
  readListFilters,
  toApiKeysQuery,
  writeListFilters,
} from './listFilters';

/** What the address of the page narrows the list down to, and the query that it comes to once the typing rests. */
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
  // What is taken away as a whole has been decided on.
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
    /** Whether the user sees the keys that the page shows by itself. */
    isDefault: filters.group === DEFAULT_LIST_FILTERS.group && !search,
    reset: () =>
      setFilters({ ...DEFAULT_LIST_FILTERS, orderBy: filters.orderBy }),
  };
}
