import { ApiKeyRecord } from './ApiKeyRecord';

type Member = Pick<
  ApiKeyRecord,
  'id' | 'createdAt' | 'predecessorId' | 'rotatedBy'
>;

/**
 * Whether a key was made by its predecessor alone, with nothing but its secret. Where an older version did not keep who made it,
 * it counts as made by the key: it may be a thief's.
 */
export function isSelfMade({ predecessorId, rotatedBy }: Member): boolean {
  return predecessorId !== undefined && rotatedBy !== 'owner';
}

/**
 * Tells which keys of a family descend from one of them by nothing but rotations of the keys themselves.
 *
 * A self-made key whose predecessor was deleted counts as a descendant of every key that is older: nobody knows better.
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
