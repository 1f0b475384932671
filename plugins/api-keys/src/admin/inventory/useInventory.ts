import { useApi } from '@backstage/core-plugin-api';
import { ListAllApiKeysRequest } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { usePagedList } from '../../shared/list/usePagedList';

/** Selects and orders keys of the inventory. */
export type InventoryQuery = Omit<ListAllApiKeysRequest, 'limit' | 'cursor'>;

/** All keys of the portal. */
export function useInventory(query: InventoryQuery) {
  const api = useApi(apiKeysApiRef);
  const loadPage = useCallback(
    (request: ListAllApiKeysRequest) => api.listAllKeys(request),
    [api],
  );
  return usePagedList(loadPage, query);
}
