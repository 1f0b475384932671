import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from './navigation';

type Params = URLSearchParams | Record<string, string>;

/** Sets all parameters, or updates them with a function. */
export type SetSearchParams = (
  next: Params | ((before: URLSearchParams) => Params),
  options?: { replace?: boolean },
) => void;

/** Returns the search parameters and the function that sets them. */
export function useSearchParams(): [URLSearchParams, SetSearchParams] {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const params = useMemo(() => new URLSearchParams(search), [search]);
  const setParams = useCallback<SetSearchParams>(
    (next, options) => {
      const query = new URLSearchParams(
        typeof next === 'function' ? next(new URLSearchParams(search)) : next,
      ).toString();
      navigate(query ? `${pathname}?${query}` : pathname, options);
    },
    [pathname, search, navigate],
  );
  return [params, setParams];
}
