import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../../routing/useAddressParams';
import {
  readTrailFilters,
  toEventFilter,
  TrailFilters,
  writeTrailFilters,
} from '../filters/trailFilters';

/** Reads the filters from the URL and derives the query. */
export function useTrailFilters() {
  const [params, setParams] = useAddressParams();
  const filters = useMemo(() => readTrailFilters(params), [params]);
  const setFilters = useCallback(
    (next: TrailFilters) =>
      setParams(writeTrailFilters(next), { replace: true }),
    [setParams],
  );
  // Evaluates relative ranges once per filter, so that the pages of a list fit together.
  const filter = useMemo(() => toEventFilter(filters, Date.now()), [filters]);
  return { filters, setFilters, filter };
}
