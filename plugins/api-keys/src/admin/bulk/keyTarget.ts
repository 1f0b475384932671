import { ApiKey, ApiKeyFilter } from 'backstage-plugin-api-keys-common';

/** Selects keys for a bulk action: ticked ones, or all that match a filter. */
export type KeyTarget = { keys: ApiKey[] } | { filter: ApiKeyFilter };

/** Converts a target to the selection fields of a bulk request. */
export function toRequest(target: KeyTarget) {
  return 'keys' in target
    ? { ids: target.keys.map(({ id }) => id) }
    : { filter: target.filter };
}
