import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyOwnerPolicies } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { toError } from '../../shared/data/errors';

/** Loads the configured policy and the policies of owners. After a failed refresh, the old values stay. */
export function useOwnerPolicies(): {
  policies?: ApiKeyOwnerPolicies;
  error?: Error;
  /** Resolves when the refresh is done, even if it failed. */
  refresh: () => Promise<void>;
} {
  const api = useApi(apiKeysApiRef);
  const [policies, setPolicies] = useState<ApiKeyOwnerPolicies>();
  const [error, setError] = useState<Error>();

  // Only the response to the latest request is used; an older one can lack the last change.
  const turn = useRef(0);
  const refresh = useCallback(async () => {
    const mine = ++turn.current;
    try {
      const answer = await api.listOwnerPolicies();
      if (mine !== turn.current) return;
      setPolicies(answer);
      setError(undefined);
    } catch (thrown) {
      if (mine === turn.current) setError(toError(thrown));
    }
  }, [api]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  return { policies, error, refresh };
}
