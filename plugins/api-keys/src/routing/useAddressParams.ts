import { containsSecret } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useMemo } from 'react';
import { SetSearchParams, useSearchParams } from './useSearchParams';

/**
 * Search parameters without secrets: a parameter that contains a secret is never written, and is removed from the URL
 * if a link has one.
 */
export function useAddressParams(): [URLSearchParams, SetSearchParams] {
  const [params, setParams] = useSearchParams();
  const safe = useMemo(() => withoutSecrets(params), [params]);
  useEffect(() => {
    if (safe !== params) setParams(safe, { replace: true });
  }, [safe, params, setParams]);
  const setSafe = useCallback<SetSearchParams>(
    (next, options) =>
      setParams(
        before =>
          withoutSecrets(
            new URLSearchParams(
              typeof next === 'function' ? next(withoutSecrets(before)) : next,
            ),
          ),
        options,
      ),
    [setParams],
  );
  return [safe, setSafe];
}

/** Returns the same object if no parameter contains a secret. */
function withoutSecrets(params: URLSearchParams): URLSearchParams {
  const entries = [...params];
  const safe = entries.filter(entry => !entry.some(containsSecret));
  return safe.length === entries.length ? params : new URLSearchParams(safe);
}
