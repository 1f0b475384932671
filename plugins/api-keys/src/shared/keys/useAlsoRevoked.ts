import { useApi } from '@backstage/core-plugin-api';
import { AlsoRevokedApiKeys, ApiKey } from 'backstage-plugin-api-keys-common';
import { useCallback } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { Loaded, useResource } from '../data/useResource';

/**
 * The keys that end beside a key when it is revoked.
 *
 * @param leaked - an admin revokes it, since its secret leaked
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
