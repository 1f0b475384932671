import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../api';

/** The limits that a new key is held to, as they are right now. */
export function useApiKeyPolicy(): {
  policy?: ApiKeyPolicy;
  error?: Error;
  retry: () => void;
} {
  const api = useApi(apiKeysApiRef);
  const { value, error, retry } = useAsyncRetry(() => api.getPolicy(), [api]);
  return { policy: value, error, retry };
}
