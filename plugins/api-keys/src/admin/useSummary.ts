import { useApi } from '@backstage/core-plugin-api';
import { ApiKeySummary } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { toError } from '../shared/data/errors';

/** Loads the counts of all keys. After a failed refresh, the old counts stay. */
export function useSummary(): {
  summary?: ApiKeySummary;
  error?: Error;
  /** Resolves when the refresh is done, even if it failed. */
  refresh: () => Promise<void>;
} {
  const api = useApi(apiKeysApiRef);
  const [summary, setSummary] = useState<ApiKeySummary>();
  const [error, setError] = useState<Error>();

  const refresh = useCallback(async () => {
    try {
      setSummary(await api.getSummary());
      setError(undefined);
    } catch (thrown) {
      setError(toError(thrown));
    }
  }, [api]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  return { summary, error, refresh };
}
