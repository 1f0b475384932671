import { KeyVisibility } from '../database/queries';
import { personToLogOut } from './personToLogOut';

const EVERYTHING: KeyVisibility = { owners: 'everybody' };
const filter = { owner: 'user:default/ada' };

describe('the person whose sessions end with a revocation', () => {
  it('is the owner of the revoked keys', () => {
    const request = { filter: { ...filter, text: undefined } };
    expect(personToLogOut(EVERYTHING, { ...request, reason: 'admin' })).toBe(
      'user:default/ada',
    );
  });

  it.each<[string, KeyVisibility, object]>([
    ['keys by id', EVERYTHING, { ids: ['1'] }],
    ['keys of everybody', EVERYTHING, { filter: {} }],
    ['some keys', EVERYTHING, { filter: { ...filter, text: 'ci' } }],
    ['a trial', EVERYTHING, { filter, dryRun: true }],
    ['a group', EVERYTHING, { filter: { owner: 'group:default/team-a' } }],
    [
      'what an admin of a part may see',
      { ...EVERYTHING, condition: () => {} },
      { filter },
    ],
    ['what somebody owns', { owners: ['user:default/ada'] }, { filter }],
  ])('is nobody for %s', (_, scope, request) => {
    expect(
      personToLogOut(scope, { ...request, reason: 'admin' }),
    ).toBeUndefined();
  });
});
