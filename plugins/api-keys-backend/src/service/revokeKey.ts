import { Stores } from '../database/stores';
import { KeyVisibility } from '../database/queries';
import { withLockedKey } from '../database/withLockedKey';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import {
  planRevocation,
  Revocation,
  RevokedKeys,
} from '../lifecycle/transitions';

const EVERYTHING: KeyVisibility = { owners: 'everybody' };

/**
 * Ends a key and all keys that have to end with it, in one transaction. Every requested revocation uses it, so that none omits
 * the self-made descendants.
 *
 * @returns undefined for a key that does not exist any more
 */
export async function revokeKey(
  stores: Pick<Stores, 'keys'>,
  found: Pick<ApiKeyRecord, 'id' | 'owner'>,
  revocation: Revocation,
): Promise<RevokedKeys | undefined> {
  return withLockedKey(stores, found, async (keys, key) => {
    // A rotation takes the same lock: either its successor is in the family by now, or the rotation finds that the key has ended.
    const family = await keys.family(key.familyId);
    const transitions = planRevocation(family, key.id, revocation);
    await keys.apply(transitions, Date.now());
    return { key, alsoRevoked: endedBeside(key, family, transitions) };
  });
}

/** Returns the keys that {@link revokeKey} would end in addition to a key at present. */
export async function previewRevocation(
  stores: Pick<Stores, 'keys'>,
  key: Pick<ApiKeyRecord, 'id' | 'familyId'>,
  revocation: Revocation,
): Promise<ApiKeyRecord[]> {
  const family: ApiKeyRecord[] = [];
  const { familyId } = key;
  const members = stores.keys.iterate(EVERYTHING, { familyId }, Date.now());
  for await (const member of members) family.push(member);
  return endedBeside(key, family, planRevocation(family, key.id, revocation));
}

function endedBeside(
  key: Pick<ApiKeyRecord, 'id'>,
  family: readonly ApiKeyRecord[],
  transitions: readonly { keyId: string }[],
): ApiKeyRecord[] {
  const ended = new Set(transitions.map(({ keyId }) => keyId));
  return family.filter(({ id }) => id !== key.id && ended.has(id));
}
