import {
  ApiKeysApi,
  RevokeApiKeysResult,
} from 'backstage-plugin-api-keys-common';
import { KeyTarget } from '../keyTarget';
import { Reason } from './ReasonField';

/** Small enough for a batch to take about a second. */
const BATCH_SIZE = 200;

export const NO_RESULT: RevokeApiKeysResult = {
  matched: 0,
  revoked: 0,
  alsoRevoked: { items: [], totalItems: 0 },
};

/** Adds up the results of two batches. */
export function addResults(
  one: RevokeApiKeysResult,
  other: RevokeApiKeysResult,
): RevokeApiKeysResult {
  return {
    matched: one.matched + other.matched,
    revoked: one.revoked + other.revoked,
    alsoRevoked: {
      items: [...one.alsoRevoked.items, ...other.alsoRevoked.items],
      totalItems: one.alsoRevoked.totalItems + other.alsoRevoked.totalItems,
    },
  };
}

/** Revokes keys in batches, so that progress can be shown, and yields the result of each batch. */
export async function* revokeInBatches(
  api: ApiKeysApi,
  target: KeyTarget,
  reason: Reason,
): AsyncGenerator<RevokeApiKeysResult> {
  if ('keys' in target) {
    const ids = target.keys.map(({ id }) => id);
    for (let i = 0; i < ids.length; i += BATCH_SIZE) {
      yield await api.revokeKeys({ ids: ids.slice(i, i + BATCH_SIZE), reason });
    }
    return;
  }
  const { filter } = target;
  for (;;) {
    const batch = await api.revokeKeys({ filter, reason, limit: BATCH_SIZE });
    yield batch;
    // A full batch without a revoked key means that another admin is revoking the same keys.
    if (batch.matched < BATCH_SIZE || batch.revoked === 0) return;
  }
}
