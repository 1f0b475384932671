import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyScope } from 'backstage-plugin-api-keys-common';
import useAsync from 'react-use/lib/useAsync';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { offersScopes } from '../../shared/restrictions/scopes';

/** Returns the configured scopes; undefined while unknown or if the portal has none. */
export function useOfferedScopes(): readonly ApiKeyScope[] | undefined {
  const api = useApi(apiKeysApiRef);
  const { value } = useAsync(async () => (await api.getPolicy()).scopes, [api]);
  return value && offersScopes(value) ? value.configured : undefined;
}
