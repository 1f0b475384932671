import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import { selfMadeDescendants } from './lineage';

const START = Date.UTC(2030, 0, 1);

/** Each key after the one that it was made from, by `key` or by `owner`; the first is the eldest. */
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

describe('what a key made of itself', () => {
  it('is every key below it that was made by keys alone', () => {
    const family = line(['a'], ['b', 'key'], ['c', 'key'], ['d', 'key']);
    expect(descendantsOf(family, 'a')).toEqual(['b', 'c', 'd']);
    expect(descendantsOf(family, 'c')).toEqual(['d']);
    expect(descendantsOf(family, 'd')).toEqual([]);
  });

  it('ends where a person made the next key', () => {
    const family = line(['a'], ['b', 'key'], ['c', 'owner'], ['d', 'key']);
    expect(descendantsOf(family, 'a')).toEqual(['b']);
    expect(descendantsOf(family, 'b')).toEqual([]);
    expect(descendantsOf(family, 'c')).toEqual(['d']);
  });

  it('is each of several successors, also one that was replaced before it was used', () => {
    const [a, b] = line(['a'], ['b', 'key']);
    const c = { ...b, id: 'c' };
    const d = { ...b, id: 'd', rotatedBy: 'owner' as const };
    expect(descendantsOf([a, b, c, d], 'a')).toEqual(['b', 'c']);
  });

  it('is also what an older version did not keep the maker of', () => {
    const family = line(['a'], ['b'], ['c', 'key'], ['d', 'owner']);
    expect(descendantsOf(family, 'a')).toEqual(['b', 'c']);
  });

  it('is also a younger key that was made by one that is not there any more, but no older one', () => {
    const [a, , c] = line(['a'], ['gone', 'key'], ['c', 'key']);
    expect(descendantsOf([a, c], 'a')).toEqual(['c']);
    const older = { ...c, id: 'older', createdAt: START - 1 };
    expect(descendantsOf([a, older], 'a')).toEqual([]);
  });

  it('is found in a line of thousands of keys', () => {
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
