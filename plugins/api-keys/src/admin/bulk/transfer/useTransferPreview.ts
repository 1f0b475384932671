import { useApi } from '@backstage/core-plugin-api';
import {
  ownerKindOf,
  TransferApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../../api/apiKeysApiRef';
import { KeyTarget, toRequest } from '../keyTarget';

/** Runs a dry run of a transfer; does nothing until a group is chosen. */
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
  // While loading, the value still belongs to the previous group.
  return {
    value: loading ? undefined : value,
    error: loading ? undefined : error,
    loading,
    retry: async () => retry(),
  };
}
