import { toOwnerRef } from './ownerRef';

describe('toOwnerRef', () => {
  it.each([
    ['ada', 'user:default/ada'],
    ['  Ada ', 'user:default/ada'],
    ['group:team-a', 'group:default/team-a'],
    ['acme/ada', 'user:acme/ada'],
    ['user:default/ada', 'user:default/ada'],
    ['Group:Acme/Team-A', 'group:acme/team-a'],
    ['  ', ''],
  ])('completes "%s" to "%s"', (typed, ref) => {
    expect(toOwnerRef(typed)).toBe(ref);
  });

  it.each([
    ['team-a', 'group:default/team-a'],
    ['user:ada', 'user:default/ada'],
  ])('with groups as default kind, completes "%s" to "%s"', (typed, ref) => {
    expect(toOwnerRef(typed, 'group')).toBe(ref);
  });
});
