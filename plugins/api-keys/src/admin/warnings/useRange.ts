import { useCallback, useMemo } from 'react';
import { useAddressParams } from '../../routing/useAddressParams';

/** Ranges to choose from, in days. */
export const RANGES = ['7', '14', '30', '90'] as const;

export type Range = (typeof RANGES)[number];

const DEFAULT_RANGE: Range = '14';
const PARAMETER = 'days';

/** Reads the range from the URL and derives the query. */
export function useRange() {
  const [params, setParams] = useAddressParams();
  const range =
    RANGES.find(each => each === params.get(PARAMETER)) ?? DEFAULT_RANGE;
  const setRange = useCallback(
    (next: Range) =>
      setParams(next === DEFAULT_RANGE ? {} : { [PARAMETER]: next }, {
        replace: true,
      }),
    [setParams],
  );
  const query = useMemo(() => ({ within: `P${range}D` }), [range]);
  return { range, setRange, query };
}
