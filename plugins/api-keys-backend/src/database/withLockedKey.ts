import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { Stores } from './stores';
import { OwnerKeysTransaction } from './OwnerKeysTransaction';

/**
 * Changes a key that was read before, in a transaction of its present owner's, since it may have been transferred.
 *
 * @returns undefined for a key that does not exist any more
 */
export async function withLockedKey<T>(
  stores: Pick<Stores, 'keys'>,
  { id, owner }: Pick<ApiKeyRecord, 'id' | 'owner'>,
  change: (keys: OwnerKeysTransaction, key: ApiKeyRecord) => Promise<T>,
): Promise<T | undefined> {
  const changed = await stores.keys.withOwnerLock(owner, async keys => {
    const key = await keys.find(id);
    return key && { result: await change(keys, key) };
  });
  if (changed) return changed.result;
  const found = await stores.keys.findById(id);
  if (!found || found.owner === owner) return undefined;
  return withLockedKey(stores, found, change);
}
