import fc from 'fast-check';
import { effectiveOwnership } from 'backstage-plugin-api-keys-node/internal';
import { groupsOf, missingOwnership, resolveOwnershipCap } from './ownership';

const ADA = 'user:default/ada';
const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';
const TEAM_C = 'group:default/team-c';

describe('the cap of a new key', () => {
  it('is none for a session that has all that its user owns, or more', () => {
    const subject = [ADA, TEAM_A];
    for (const session of [subject, [TEAM_B, TEAM_A, ADA]]) {
      expect(resolveOwnershipCap({ session, subject })).toBeUndefined();
    }
  });

  it('is all that the session had, if that is less than its user owns', () => {
    const ownership = { session: [ADA, TEAM_B], subject: [ADA, TEAM_A] };
    expect(resolveOwnershipCap(ownership)).toEqual([ADA, TEAM_B]);
  });

  it('is nothing for a session that has nothing', () => {
    expect(resolveOwnershipCap({ session: [], subject: [ADA] })).toEqual([]);
  });

  it('does not depend on how refs are written', () => {
    const session = ['User:Default/Ada', 'group:default/TEAM-A'];
    const subject = [ADA, TEAM_A];
    expect(resolveOwnershipCap({ session, subject })).toBeUndefined();
  });

  it('is kept by the successor of a capped key', () => {
    const subject = [ADA, TEAM_A, TEAM_B];
    expect(
      resolveOwnershipCap({ session: subject, subject }, [ADA, TEAM_A]),
    ).toEqual([ADA, TEAM_A]);
  });

  it('is narrowed by a session that has less than the key that it replaces', () => {
    expect(
      resolveOwnershipCap(
        { session: [ADA, TEAM_C], subject: [ADA, TEAM_A, TEAM_B] },
        [ADA, TEAM_A],
      ),
    ).toEqual([ADA]);
  });
});

describe('every chain of rotations', () => {
  const ref = fc.constantFrom(ADA, TEAM_A, TEAM_B, TEAM_C);
  const refs = fc.uniqueArray(ref);

  it('leaves a key with no more than each session that it went through had, as long as its user owns the same', () => {
    fc.assert(
      fc.property(
        refs,
        fc.array(refs, { minLength: 1 }),
        (subject, sessions) => {
          let cap: string[] | undefined;
          for (const session of sessions) {
            cap = resolveOwnershipCap({ session, subject }, cap);
            const owned = effectiveOwnership(subject, cap);
            expect(session).toEqual(expect.arrayContaining(owned));
          }
        },
      ),
    );
  });

  it('never widens a cap', () => {
    fc.assert(
      fc.property(refs, refs, refs, (session, subject, cap) => {
        const next = resolveOwnershipCap({ session, subject }, cap);
        expect(cap).toEqual(expect.arrayContaining(next!));
      }),
    );
  });
});

describe('the ownership that a new key lacks', () => {
  it('is owned by its session and not by the user', () => {
    expect(
      missingOwnership({ session: [TEAM_C, ADA, TEAM_B], subject: [ADA] }),
    ).toEqual([TEAM_B, TEAM_C]);
  });

  it('includes ownership that the cap removes', () => {
    const both = [ADA, TEAM_A];
    const ownership = { session: both, subject: both };
    expect(missingOwnership(ownership, [ADA])).toEqual([TEAM_A]);
    expect(missingOwnership(ownership)).toEqual([]);
  });
});

describe('the groups whose policies apply to a new key', () => {
  it('are those of the session and those of its user', () => {
    expect(
      groupsOf({ session: [ADA, TEAM_B], subject: [ADA, TEAM_A, TEAM_B] }),
    ).toEqual([TEAM_A, TEAM_B]);
  });
});
