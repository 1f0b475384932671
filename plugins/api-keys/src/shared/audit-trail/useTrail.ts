import { useApi } from '@backstage/core-plugin-api';
import {
  ApiKeyEventFilter,
  ListApiKeyEventsRequest,
} from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { usePagedList } from '../list/usePagedList';

/** Lists events of all keys. */
export function useTrail(filter: ApiKeyEventFilter) {
  const api = useApi(apiKeysApiRef);
  const loadPage = useCallback(
    (request: ListApiKeyEventsRequest) => api.listAllEvents(request),
    [api],
  );
  return usePagedList(loadPage, filter);
}
