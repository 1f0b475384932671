import { effectiveOwnership } from './ownershipRules';

const ADA = 'user:default/ada';
const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';

describe('effectiveOwnership', () => {
  it('is all that the subject owns for a key without a cap', () => {
    expect(effectiveOwnership([ADA, TEAM_A], undefined)).toEqual([ADA, TEAM_A]);
  });

  it('never has more than the cap, whatever the subject owns by now', () => {
    expect(effectiveOwnership([ADA, TEAM_A, TEAM_B], [ADA, TEAM_A])).toEqual([
      ADA,
      TEAM_A,
    ]);
  });

  it('never has more than the subject, whatever the cap allows', () => {
    expect(effectiveOwnership([ADA], [ADA, TEAM_A])).toEqual([ADA]);
  });

  it('is nothing for an empty cap', () => {
    expect(effectiveOwnership([ADA, TEAM_A], [])).toEqual([]);
  });

  it('compares refs in canonical form, in which they are returned once', () => {
    expect(
      effectiveOwnership(
        [ADA, 'User:default/Ada', 'Group:Default/Team-A'],
        ['USER:default/ada', 'group:default/TEAM-A'],
      ),
    ).toEqual([ADA, TEAM_A]);
  });
});
