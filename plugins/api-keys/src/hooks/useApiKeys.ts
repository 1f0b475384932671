import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEYS_SIGNAL_CHANNEL,
  ListApiKeysRequest,
} from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../api';
import { usePagedList } from './usePagedList';

/** Which of one's own keys to show. */
export type ApiKeysQuery = Pick<ListApiKeysRequest, 'status' | 'q' | 'orderBy'>;

/** The caller's keys; another tab's or a job's change shows at once. */
export function useApiKeys(query: ApiKeysQuery) {
  const api = useApi(apiKeysApiRef);
  const loadPage = useCallback(
    (request: ListApiKeysRequest) => api.listKeys(request),
    [api],
  );
  return usePagedList(loadPage, query, API_KEYS_SIGNAL_CHANNEL);
}
