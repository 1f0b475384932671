import { ApiKey, ApiKeyFilter } from 'backstage-plugin-api-keys-common';

/** Which keys to revoke: some that were picked, or all that match a filter. */
export type RevokeTarget = { keys: ApiKey[] } | { filter: ApiKeyFilter };

/** The target as the backend wants it. */
export function toRequest(target: RevokeTarget) {
  return 'keys' in target
    ? { ids: target.keys.map(({ id }) => id) }
    : { filter: target.filter };
}
