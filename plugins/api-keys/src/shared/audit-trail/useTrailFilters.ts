import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../../routing/useAddressParams';
import {
  readTrailFilters,
  toEventFilter,
  TrailFilters,
  writeTrailFilters,
} from '../filters/trailFilters';

/** What the address of the page narrows the trail down to, and what that means to the backend. */
export function useTrailFilters() {
  const [params, setParams] = useAddressParams();
  const filters = useMemo(() => readTrailFilters(params), [params]);
  const setFilters = useCallback(
    (next: TrailFilters) =>
      setParams(writeTrailFilters(next), { replace: true }),
    [setParams],
  );
  // The last 24 hours stay the same ones until other filters are chosen: the pages of a list have to fit together.
  const filter = useMemo(() => toEventFilter(filters, Date.now()), [filters]);
  return { filters, setFilters, filter };
}
