import { useApi } from '@backstage/core-plugin-api';
import {
  ownerKindOf,
  TransferApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../../api/apiKeysApiRef';
import { KeyTarget, toRequest } from '../keyTarget';

/** What would become of the keys if a group got them; nothing as long as there is no group. */
export function useTransferPreview(
  target: KeyTarget,
  group: string,
): {
  value?: TransferApiKeysResult;
  error?: Error;
  loading: boolean;
  retry: () => Promise<void>;
} {
  const api = useApi(apiKeysApiRef);
  const { value, error, loading, retry } = useAsyncRetry(
    async () =>
      ownerKindOf(group) === 'group'
        ? api.transferKeys({
            ...toRequest(target),
            owner: group,
            dryRun: true,
          })
        : undefined,
    [api, target, group],
  );
  // What is there while it loads is of the group before.
  return {
    value: loading ? undefined : value,
    error: loading ? undefined : error,
    loading,
    retry: async () => retry(),
  };
}
