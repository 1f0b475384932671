import { useApi } from '@backstage/core-plugin-api';
import {
  API_KEY_ACCEPTED_STATUSES,
  ApiKeyPage,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { toError } from '../shared/data/errors';

const WORKING: ApiKeyStatus[] = [...API_KEY_ACCEPTED_STATUSES];

/** Loads the working keys of an owner, ordered by expiry, and keeps them up to date. */
export function useOwnerKeys(owner: string, limit: number) {
  const api = useApi(apiKeysApiRef);
  const [loaded, setLoaded] = useState<{ page?: ApiKeyPage; error?: Error }>(
    {},
  );

  const load = useCallback(
    () =>
      api
        .listKeys({ owner, status: WORKING, orderBy: 'expiresAt:asc', limit })
        .then(
          page => ({ page }),
          thrown => ({ error: toError(thrown) }),
        ),
    [api, owner, limit],
  );

  useEffect(() => {
    let current = true;
    setLoaded({});
    load().then(outcome => current && setLoaded(outcome));
    return () => {
      current = false;
    };
  }, [load]);

  const retry = useCallback(async () => setLoaded(await load()), [load]);

  return { ...loaded, retry };
}
