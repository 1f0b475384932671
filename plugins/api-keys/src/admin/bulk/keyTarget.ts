import { ApiKey, ApiKeyFilter } from 'backstage-plugin-api-keys-common';

/** What keys to do something with: some that were picked, or all that match a filter. */
export type KeyTarget = { keys: ApiKey[] } | { filter: ApiKeyFilter };

/** The target as the backend wants it. */
export function toRequest(target: KeyTarget) {
  return 'keys' in target
    ? { ids: target.keys.map(({ id }) => id) }
    : { filter: target.filter };
}
