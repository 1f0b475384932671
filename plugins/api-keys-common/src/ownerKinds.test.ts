import { ownerKindOf } from './ownerKinds';

describe('ownerKindOf', () => {
  it.each([
    ['user:default/ada', 'user'],
    ['group:default/team-a', 'group'],
    ['GROUP:default/team-a', 'group'],
    ['User:Default/Ada', 'user'],
    ['component:default/user', undefined],
    ['users:default/ada', undefined],
    ['default/user', undefined],
    ['user', undefined],
    [':default/ada', undefined],
    ['', undefined],
    ['default/x:user:y', undefined],
  ])('%j names %p', (ref, kind) => {
    expect(ownerKindOf(ref)).toBe(kind);
  });
});
