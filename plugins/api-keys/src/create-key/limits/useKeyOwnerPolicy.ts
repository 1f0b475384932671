import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';

/** The owner of a new key and the policy that applies to it. */
export type KeyOwnerPolicy = {
  /** The user. */
  me?: string;
  /** The chosen owner, by default the user. */
  owner?: string;
  /** Owners that the user can create keys for. */
  owners: string[];
  /** After a change of the owner, the previous owner's policy until the new one has loaded. */
  policy?: ApiKeyPolicy;
  /** True if `policy` is that of `owner`. */
  isCurrent: boolean;
  error?: Error;
  retry: () => void;
};

/** @param wanted - the owner to use if the user can create keys for it */
export function useKeyOwnerPolicy(wanted: string | undefined): KeyOwnerPolicy {
  const api = useApi(apiKeysApiRef);
  const own = useAsyncRetry(() => api.getPolicy(), [api]);
  const me = own.value?.owner;
  const owners = own.value?.owners ?? [];
  const owner = wanted && owners.includes(wanted) ? wanted : me;
  const team = owner === me ? undefined : owner;
  const ofTeam = useAsyncRetry(
    async () => (team === undefined ? undefined : api.getPolicy(team)),
    [api, team],
  );

  const { value, loading, error, retry } = team === undefined ? own : ofTeam;
  const isCurrent = value !== undefined && value.owner === owner;
  return {
    me,
    owner,
    owners,
    policy: isCurrent ? value : ofTeam.value ?? own.value,
    isCurrent,
    error: loading || isCurrent ? undefined : error,
    retry,
  };
}
