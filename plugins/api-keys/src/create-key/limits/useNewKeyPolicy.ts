import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import useAsyncRetry from 'react-use/lib/useAsyncRetry';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';

/** The limits of whoever a new key is for, as they are right now. */
export type NewKeyPolicy = {
  /** The caller. */
  me?: string;
  /** Whoever the key is for: who was wanted, or else the caller. */
  owner?: string;
  /** For whom there may be a key. */
  owners: string[];
  /** Until those of a new owner are there, the limits of the one before. */
  policy?: ApiKeyPolicy;
  /** Whether the policy is that of the owner. */
  isCurrent: boolean;
  error?: Error;
  retry: () => void;
};

/** @param wanted - whoever the key should be for, if the caller may make keys for them */
export function useNewKeyPolicy(wanted: string | undefined): NewKeyPolicy {
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
