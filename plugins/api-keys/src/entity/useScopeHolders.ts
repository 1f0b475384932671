import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useMemo } from 'react';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { isNotAllowed, toError } from '../shared/data/errors';
import { usePagedList } from '../shared/list/usePagedList';

/** Lists the keys with a scope, of all owners. */
export function useScopeHolders(scope: string) {
  const api = useApi(apiKeysApiRef);
  const query = useMemo(() => ({ scope }), [scope]);
  const loadPage = useCallback(
    (request: { scope: string; limit: number; cursor?: string }) => {
      const { scope: of, ...page } = request;
      return api.listScopeKeys(of, page);
    },
    [api],
  );
  return usePagedList(loadPage, query);
}

/**
 * Returns true if the user can see the keys with a scope. Asked once, since most users cannot see them and a list would
 * keep polling.
 */
export function useCanSeeScopeHolders(scope: string): boolean {
  const api = useApi(apiKeysApiRef);
  const { value = false } = useAsync(async () => {
    try {
      await api.listScopeKeys(scope, { limit: 1 });
      return true;
    } catch (thrown) {
      // The list itself shows other errors.
      return !isNotAllowed(toError(thrown));
    }
  }, [api, scope]);
  return value;
}
