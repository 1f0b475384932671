import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { ApiKeyStore } from './ApiKeyStore';
import { OwnerKeysTransaction } from './OwnerKeysTransaction';

/**
 * Changes a key that was read before, in a transaction of its present owner's, since it may have been transferred.
 *
 * @returns undefined for a key that does not exist any more
 */
export async function withLockedKey<T>(
  store: ApiKeyStore,
  { id, owner }: Pick<ApiKeyRecord, 'id' | 'owner'>,
  change: (keys: OwnerKeysTransaction, key: ApiKeyRecord) => Promise<T>,
): Promise<T | undefined> {
  const changed = await store.withOwnerLock(owner, async keys => {
    const key = await keys.find(id);
    return key && { result: await change(keys, key) };
  });
  if (changed) return changed.result;
  const found = await store.findById(id);
  if (!found || found.owner === owner) return undefined;
  return withLockedKey(store, found, change);
}
