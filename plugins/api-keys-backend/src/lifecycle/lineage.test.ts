import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import { selfMadeDescendants } from './lineage';

const START = Date.UTC(2030, 0, 1);

/** A chain of keys, oldest first, each rotated by `key` or by `owner`. */
const line = (
  ...members: [id: string, rotatedBy?: ApiKeyRecord['rotatedBy']][]
) =>
  members.map(([id, rotatedBy], i) =>
    aKey({
      id,
      rotatedBy,
      familyId: 'a',
      createdAt: START + i,
      predecessorId: members[i - 1]?.[0],
    }),
  );

const descendantsOf = (family: ApiKeyRecord[], id: string) =>
  selfMadeDescendants(family, family.find(key => key.id === id)!).map(
    key => key.id,
  );

describe('the descendants that a key created by itself', () => {
  it('are all keys below it that keys alone created', () => {
    const family = line(['a'], ['b', 'key'], ['c', 'key'], ['d', 'key']);
    expect(descendantsOf(family, 'a')).toEqual(['b', 'c', 'd']);
    expect(descendantsOf(family, 'c')).toEqual(['d']);
    expect(descendantsOf(family, 'd')).toEqual([]);
  });

  it('end at a key that a person created', () => {
    const family = line(['a'], ['b', 'key'], ['c', 'owner'], ['d', 'key']);
    expect(descendantsOf(family, 'a')).toEqual(['b']);
    expect(descendantsOf(family, 'b')).toEqual([]);
    expect(descendantsOf(family, 'c')).toEqual(['d']);
  });

  it('include each of several successors, also one that was replaced before its first use', () => {
    const [a, b] = line(['a'], ['b', 'key']);
    const c = { ...b, id: 'c' };
    const d = { ...b, id: 'd', rotatedBy: 'owner' as const };
    expect(descendantsOf([a, b, c, d], 'a')).toEqual(['b', 'c']);
  });

  it('include keys of older versions, which did not stores the creator', () => {
    const family = line(['a'], ['b'], ['c', 'key'], ['d', 'owner']);
    expect(descendantsOf(family, 'a')).toEqual(['b', 'c']);
  });

  it('include a younger self-made key whose predecessor was deleted, but no older one', () => {
    const [a, , c] = line(['a'], ['gone', 'key'], ['c', 'key']);
    expect(descendantsOf([a, c], 'a')).toEqual(['c']);
    const older = { ...c, id: 'older', createdAt: START - 1 };
    expect(descendantsOf([a, older], 'a')).toEqual([]);
  });

  it('are found in a line of thousands of keys', () => {
    const family = line(
      ['0'],
      ...Array.from({ length: 10_000 }, (_, i): [string, 'key'] => [
        `${i + 1}`,
        'key',
      ]),
    );
    expect(descendantsOf(family, '0')).toHaveLength(10_000);
  });
});
