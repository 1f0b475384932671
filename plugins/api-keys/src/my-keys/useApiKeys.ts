import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEYS_SIGNAL_CHANNEL,
  ListApiKeysRequest,
} from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { useAttentionFeed } from '../shared/attention/useKeysNeedingAttention';
import { usePagedList } from '../shared/list/usePagedList';

/** Which of one's own keys to show. */
export type ApiKeysQuery = Pick<ListApiKeysRequest, 'status' | 'q' | 'orderBy'>;

/** The caller's keys; another tab's or a job's change shows at once. */
export function useApiKeys(query: ApiKeysQuery) {
  const api = useApi(apiKeysApiRef);
  const loadPage = useCallback(
    (request: ListApiKeysRequest) => api.listKeys(request),
    [api],
  );
  const list = usePagedList(loadPage, query, API_KEYS_SIGNAL_CHANNEL);

  // After the user's own doing: in an app without signals, nothing else would tell the sidebar.
  const feed = useAttentionFeed();
  const { refresh } = list;
  const refreshAll = useCallback(async () => {
    feed?.refresh();
    await refresh();
  }, [feed, refresh]);
  return { ...list, refresh: refreshAll };
}
