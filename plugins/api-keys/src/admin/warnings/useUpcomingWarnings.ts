import { useApi } from '@backstage/core-plugin-api';
import {
  ApiKeyUpcomingWarning,
  ListUpcomingApiKeyWarningsRequest,
} from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { usePagedList } from '../../shared/list/usePagedList';

/** A warning with an id. A key has at most one upcoming warning of each kind. */
export type UpcomingWarning = ApiKeyUpcomingWarning & { id: string };

/**
 * Lists upcoming warnings.
 *
 * @param query - has to stay the same object while it means the same
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
