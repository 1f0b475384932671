import { ApiKeyRecord } from './ApiKeyRecord';

type Member = Pick<
  ApiKeyRecord,
  'id' | 'createdAt' | 'predecessorId' | 'rotatedBy'
>;

/**
 * Returns true if a key was created by its predecessor alone, with nothing but its secret. If an older version did not store the
 * creator, the key counts as self-made: it may be a thief's.
 */
export function isSelfMade({ predecessorId, rotatedBy }: Member): boolean {
  return predecessorId !== undefined && rotatedBy !== 'owner';
}

/**
 * Returns the keys of a family that descend from one key by rotations of the keys themselves only.
 *
 * A self-made key whose predecessor was deleted counts as a descendant of every older key, since its origin is unknown.
 */
export function selfMadeDescendants<T extends Member>(
  family: readonly T[],
  ancestor: Member,
): T[] {
  const byId = new Map(family.map(member => [member.id, member]));
  const descends = (member: T): boolean => {
    let one: T = member;
    while (isSelfMade(one)) {
      if (one.predecessorId === ancestor.id) return true;
      const predecessor = byId.get(one.predecessorId!);
      if (!predecessor) return one.createdAt > ancestor.createdAt;
      one = predecessor;
    }
    return false;
  };
  return family.filter(member => member.id !== ancestor.id && descends(member));
}
