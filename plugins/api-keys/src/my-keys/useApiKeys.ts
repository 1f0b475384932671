import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEYS_SIGNAL_CHANNEL,
  ListApiKeysRequest,
} from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { useAttentionFeed } from '../shared/attention/useKeysNeedingAttention';
import { usePagedList } from '../shared/list/usePagedList';

/** Selects and orders the user's keys. */
export type ApiKeysQuery = Pick<ListApiKeysRequest, 'status' | 'q' | 'orderBy'>;

/** Loads the user's keys. Changes by other tabs and jobs show at once. */
export function useApiKeys(query: ApiKeysQuery) {
  const api = useApi(apiKeysApiRef);
  const loadPage = useCallback(
    (request: ListApiKeysRequest) => api.listKeys(request),
    [api],
  );
  const list = usePagedList(loadPage, query, API_KEYS_SIGNAL_CHANNEL);

  // Refreshes the sidebar after the user's own change, since the app may lack signals.
  const feed = useAttentionFeed();
  const { refresh } = list;
  const refreshAll = useCallback(async () => {
    feed?.refresh();
    await refresh();
  }, [feed, refresh]);
  return { ...list, refresh: refreshAll };
}
