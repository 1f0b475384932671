import { ApiKey } from 'backstage-plugin-api-keys-common';
import { aKey } from '../../__testUtils__/keys';
import { familyLine, FamilyMember } from './familyLine';

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour)).toISOString();

/** A key of the family, made at the given hour. */
const member = (id: string, hour: number, key: Partial<ApiKey> = {}) =>
  aKey({ id, familyId: 'a', createdAt: at(hour), ...key });

/** The ids of the line; what was dropped stands in brackets behind what it was made from. */
const inShort = (members: FamilyMember[]): string =>
  members
    .map(({ apiKey, dropped }) =>
      dropped.length > 0 ? `${apiKey.id}(${inShort(dropped)})` : apiKey.id,
    )
    .join(' ');

const A = member('a', 1, { successorId: 'b' });
const B = member('b', 2, { predecessorId: 'a', successorId: 'c' });
const C = member('c', 3, { predecessorId: 'b' });

describe('familyLine', () => {
  it.each<[string, ApiKey[], string]>([
    ['nothing', [], ''],
    ['a key alone', [member('a', 1)], 'a'],
    ['oldest to newest', [C, A, B], 'a b c'],
    [
      'successors that were replaced before their use, in their order',
      [
        member('a', 1, { successorId: 'd' }),
        member('c', 3, { predecessorId: 'a' }),
        member('b', 2, { predecessorId: 'a' }),
        member('d', 4, { predecessorId: 'a' }),
      ],
      'a(b c) d',
    ],
    [
      'what came of a successor that was replaced',
      [
        member('a', 1, { successorId: 'd' }),
        member('b', 2, { predecessorId: 'a', successorId: 'c' }),
        member('c', 3, { predecessorId: 'b' }),
        member('d', 4, { predecessorId: 'a' }),
      ],
      'a(b c) d',
    ],
    ['a family whose oldest keys are not there', [C, B], 'b c'],
    ['a family with a gap', [A, C], 'a c'],
    [
      'a successor whose predecessor does not know it',
      [member('a', 1), B],
      'a(b)',
    ],
    [
      'a circle',
      [
        member('a', 1, { predecessorId: 'b', successorId: 'b' }),
        member('b', 2, { predecessorId: 'a', successorId: 'a' }),
      ],
      'a b',
    ],
  ])('arranges %s', (_, keys, expected) => {
    expect(inShort(familyLine(keys))).toBe(expected);
  });

  it.each<[string, Partial<ApiKey>, boolean]>([
    ['used after the rotation', { lastUsedAt: at(3) }, true],
    ['used before the rotation', { lastUsedAt: at(1) }, false],
    ['never used', {}, false],
    [
      'used after the rotation, but dead',
      { lastUsedAt: at(3), status: 'revoked' },
      false,
    ],
  ])('detects if an old key that is %s is still used', (_, key, is) => {
    const old = member('a', 1, {
      successorId: 'b',
      status: 'retiring',
      ...key,
    });
    const [first, second] = familyLine([old, { ...B, lastUsedAt: at(4) }]);
    expect(first.stillUsed).toBe(is);
    expect(second.stillUsed).toBe(false);
  });
});
