import { containsSecret } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useMemo } from 'react';
import { SetSearchParams, useSearchParams } from './useSearchParams';

/**
 * The parameters in the address of the page, without those that hold a secret: none is written there, and one that is there
 * already, as in a link, is taken out of it before anything is done with it.
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

/** The parameters themselves if there is no secret in them. */
function withoutSecrets(params: URLSearchParams): URLSearchParams {
  const entries = [...params];
  const safe = entries.filter(entry => !entry.some(containsSecret));
  return safe.length === entries.length ? params : new URLSearchParams(safe);
}
