import {
  compareIdentities,
  IdentityComparison,
  isSameIdentity,
  mergeIdentities,
  OwnerIdentity,
} from './ownerIdentity';

const [MICROSOFT, GITHUB, LDAP] = ['ms/user-id', 'gh/user-id', 'ldap-uuid'];
const ANNOTATIONS = [MICROSOFT, GITHUB, LDAP];

const who = (
  uid: string | undefined,
  ids: Record<string, string> = {},
): OwnerIdentity => ({ uid, ids });

describe('compareIdentities', () => {
  it.each<
    [string, OwnerIdentity | undefined, OwnerIdentity, IdentityComparison]
  >([
    [
      'nothing was known',
      undefined,
      who('b', { [GITHUB]: '2' }),
      'same-entity',
    ],
    [
      'the id is the same, whatever the entity',
      who('a', { [GITHUB]: '1' }),
      who('b', { [GITHUB]: '1' }),
      'same-id',
    ],
    [
      'the id is another one, though the entity is the same',
      who('a', { [GITHUB]: '1' }),
      who('a', { [GITHUB]: '2' }),
      'other-id',
    ],
    [
      'the first id that both have decides',
      who('a', { [GITHUB]: '1', [LDAP]: 'x' }),
      who('b', { [MICROSOFT]: 'm', [GITHUB]: '1', [LDAP]: 'y' }),
      'same-id',
    ],
    [
      'ids of different providers are not compared',
      who('a', { [GITHUB]: '1' }),
      who('a', { [LDAP]: '1' }),
      'same-entity',
    ],
    [
      'ids of different providers do not make a new entity the same one',
      who('a', { [GITHUB]: '1' }),
      who('b', { [LDAP]: '1' }),
      'other-entity',
    ],
    ['no id is known', who('a'), who('b'), 'other-entity'],
    ['the id has gone', who('a', { [GITHUB]: '1' }), who('a'), 'same-entity'],
    ['a catalog has no uids', who(undefined), who('b'), 'same-entity'],
    [
      'an annotation is not one of those that count',
      who('a', { 'x/name': '1' }),
      who('a', { 'x/name': '2' }),
      'same-entity',
    ],
  ])('compares ids before entities: %s', (_, known, seen, comparison) => {
    expect(compareIdentities(known, seen, ANNOTATIONS)).toBe(comparison);
  });
});

describe('mergeIdentities', () => {
  it('keeps an id that has gone, and adds new ones', () => {
    const known = who('a', { [GITHUB]: '1' });
    expect(mergeIdentities(known, who('b', { [LDAP]: 'x' }))).toEqual(
      who('b', { [GITHUB]: '1', [LDAP]: 'x' }),
    );
    expect(mergeIdentities(undefined, known)).toEqual(known);
    expect(mergeIdentities(known, who(undefined))).toEqual(known);
  });
});

describe('isSameIdentity', () => {
  it('does not depend on the order of ids', () => {
    const one = who('a', { [GITHUB]: '1', [LDAP]: 'x' });
    expect(isSameIdentity(one, who('a', { [LDAP]: 'x', [GITHUB]: '1' }))).toBe(
      true,
    );
    expect(isSameIdentity(one, who('a', { [LDAP]: 'x' }))).toBe(false);
    expect(isSameIdentity(one, undefined)).toBe(false);
    expect(isSameIdentity(undefined, undefined)).toBe(true);
  });
});
