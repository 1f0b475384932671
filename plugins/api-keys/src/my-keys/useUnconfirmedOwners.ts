import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEYS_SIGNAL_CHANNEL,
  ApiKeyUnconfirmedOwner,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { useChannel } from '../shared/data/useChannel';

/**
 * Loads owners of the user who need confirmation. It does not poll, since the backend asks the catalog each time.
 * Errors count as none.
 */
export function useUnconfirmedOwners(): {
  owners: ApiKeyUnconfirmedOwner[];
  refresh: () => Promise<void>;
} {
  const api = useApi(apiKeysApiRef);
  const [owners, setOwners] = useState<ApiKeyUnconfirmedOwner[]>([]);
  const refresh = useCallback(async () => {
    const { items } = await api
      .listUnconfirmedOwners()
      .catch(() => ({ items: [] }));
    setOwners(items);
  }, [api]);
  useEffect(() => {
    refresh();
  }, [refresh]);
  useChannel(API_KEYS_SIGNAL_CHANNEL, refresh);
  return { owners, refresh };
}
