import { useApi } from '@backstage/core-plugin-api';
import { ApiKeysApi, CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';

/**
 * Kept outside of component state: an app remounts its whole tree on a theme change, which must not lose the only sight
 * of a secret.
 */
const unstored = new WeakMap<ApiKeysApi, CreatedApiKey>();

/** Holds the new key until the user confirms that the secret is stored. */
export function useRevealedSecret(): {
  created?: CreatedApiKey;
  keep: (created: CreatedApiKey) => void;
  forget: () => void;
} {
  const api = useApi(apiKeysApiRef);
  const [created, setCreated] = useState(() => unstored.get(api));
  const keep = useCallback(
    (next: CreatedApiKey) => {
      unstored.set(api, next);
      setCreated(next);
    },
    [api],
  );
  const forget = useCallback(() => {
    unstored.delete(api);
    setCreated(undefined);
  }, [api]);
  return { created, keep, forget };
}

/** Returns true while a secret is shown. */
export function useHasRevealedSecret(): boolean {
  return unstored.has(useApi(apiKeysApiRef));
}
