import { useApi } from '@backstage/core-plugin-api';
import { AlsoRevokedApiKeys, ApiKey } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { Loaded, useResource } from '../data/useResource';

/**
 * Loads the keys that the revocation of a key also revokes.
 *
 * @param leaked - set if an admin revokes the key because its secret leaked
 */
export function useAlsoRevoked(
  { id }: ApiKey,
  leaked: boolean = false,
): Loaded<AlsoRevokedApiKeys> {
  const api = useApi(apiKeysApiRef);
  const load = useCallback(async () => {
    const { alsoRevoked } = leaked
      ? await api.revokeKeys({ ids: [id], reason: 'leaked', dryRun: true })
      : await api.previewRevocation(id);
    return alsoRevoked;
  }, [api, id, leaked]);
  return useResource(load);
}
