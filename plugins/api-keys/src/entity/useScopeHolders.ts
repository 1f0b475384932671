import { useApi } from '@backstage/core-plugin-api';
import { useCallback, useMemo } from 'react';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { isNotAllowed, toError } from '../shared/data/errors';
import { usePagedList } from '../shared/list/usePagedList';

/** The keys that carry a scope, whoever they are of. */
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
 * Whether there is something to say to the user about the keys that carry a scope. Asked once: most people may not see them, and
 * a list would ask time and again.
 */
export function useSeesHolders(scope: string): boolean {
  const api = useApi(apiKeysApiRef);
  const { value = false } = useAsync(async () => {
    try {
      await api.listScopeKeys(scope, { limit: 1 });
      return true;
    } catch (thrown) {
      // What else went wrong is said in place of the list.
      return !isNotAllowed(toError(thrown));
    }
  }, [api, scope]);
  return value;
}
