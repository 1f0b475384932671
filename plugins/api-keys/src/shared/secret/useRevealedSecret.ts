import { useApi } from '@backstage/core-plugin-api';
import { ApiKeysApi, CreatedApiKey } from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';

/**
 * Not in the state of a component: an app builds its whole tree anew when, for one, the system goes from light to dark, and
 * the only sight of a secret must not end with that.
 */
const unstored = new WeakMap<ApiKeysApi, CreatedApiKey>();

/** The new key whose secret the user has not stored yet. */
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

/** Whether there is such a key. */
export function useHasUnstoredSecret(): boolean {
  return unstored.has(useApi(apiKeysApiRef));
}
