import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEY_PAGE_SIZE_MAX,
  ApiKey,
  ApiKeyUsage,
  API_KEYS_SIGNAL_CHANNEL,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useMemo } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { Loaded, useResource } from '../shared/data/useResource';
import { usePagedList } from '../shared/list/usePagedList';
import { USAGE_DAYS } from './usage/keyUsage';

/** Loads a key and its usage. */
export function useKeyDetails(id: string): {
  key: Loaded<ApiKey>;
  usage: Loaded<ApiKeyUsage['items']>;
} {
  const api = useApi(apiKeysApiRef);
  const key = useResource(
    useCallback(() => api.getKey(id), [api, id]),
    API_KEYS_SIGNAL_CHANNEL,
  );
  const usage = useResource(
    useCallback(
      async () => (await api.getKeyUsage(id, { days: USAGE_DAYS })).items,
      [api, id],
    ),
    API_KEYS_SIGNAL_CHANNEL,
  );
  return { key, usage };
}

/** Loads the predecessors and successors of a key; only the newest if there are very many. */
export function useKeyFamily({
  familyId,
  predecessorId,
  successorId,
  revokedReason,
}: ApiKey): Loaded<ApiKey[]> {
  const api = useApi(apiKeysApiRef);
  // A key that was rotated without overlap has no successorId.
  const isAlone = !predecessorId && !successorId && revokedReason !== 'rotated';
  const load = useCallback(async () => {
    if (isAlone) return [];
    const { items } = await api.listKeys({
      familyId,
      orderBy: 'createdAt:desc',
      limit: API_KEY_PAGE_SIZE_MAX,
    });
    return items;
  }, [api, familyId, isAlone]);
  return useResource(load, API_KEYS_SIGNAL_CHANNEL);
}

/** Loads the events of a key. */
export function useKeyTrail(id: string) {
  const api = useApi(apiKeysApiRef);
  const query = useMemo(() => ({ id }), [id]);
  const loadPage = useCallback(
    (request: { id: string; limit: number; cursor?: string }) => {
      const { id: keyId, ...page } = request;
      return api.listKeyEvents(keyId, page);
    },
    [api],
  );
  return usePagedList(loadPage, query, API_KEYS_SIGNAL_CHANNEL);
}
