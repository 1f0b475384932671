import { useApi } from '@backstage/core-plugin-api';
import {
  ApiKeyUpcomingWarning,
  ListUpcomingApiKeyWarningsRequest,
} from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { usePagedList } from '../../shared/list/usePagedList';

/** A warning, by an id of its own: of each kind, a key has one at a time. */
export type UpcomingWarning = ApiKeyUpcomingWarning & { id: string };

/**
 * The warnings that are to be sent.
 *
 * @param query - has to be the same object as long as it means the same
 */
export function useUpcomingWarnings(query: { within: string }) {
  const api = useApi(apiKeysApiRef);
  const loadPage = useCallback(
    async (request: ListUpcomingApiKeyWarningsRequest) => {
      const page = await api.listUpcomingWarnings(request);
      const items = page.items.map((warning): UpcomingWarning => {
        return { ...warning, id: `${warning.kind} ${warning.keyId}` };
      });
      return { ...page, items };
    },
    [api],
  );
  return usePagedList(loadPage, query);
}
