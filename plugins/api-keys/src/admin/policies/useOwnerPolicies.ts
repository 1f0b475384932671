import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyOwnerPolicies } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useRef, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { toError } from '../../shared/data/errors';

/** What is configured, and what was set for users and groups. What cannot be brought up to date stays as it was. */
export function useOwnerPolicies(): {
  policies?: ApiKeyOwnerPolicies;
  error?: Error;
  /** The promise ends with it, also if it fails. */
  refresh: () => Promise<void>;
} {
  const api = useApi(apiKeysApiRef);
  const [policies, setPolicies] = useState<ApiKeyOwnerPolicies>();
  const [error, setError] = useState<Error>();

  // Only the answer to the latest request counts: an older one may not know of the last change.
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
