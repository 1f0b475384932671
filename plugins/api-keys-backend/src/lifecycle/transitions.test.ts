import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import {
  Overlap,
  planRevocation,
  planRotation,
  planFirstUse,
  Revocation,
} from './transitions';

const NOW = Date.UTC(2030, 5, 1);
const HOUR = 60 * 60 * 1000;
const OLD = 'old';
const NEW = 'new';
const NEXT = 'next';

/** A rotated key, and its successor. */
const family = (
  old: Partial<ApiKeyRecord> = {},
  successor: Partial<ApiKeyRecord> = {},
) => [
  aKey({
    id: OLD,
    successorId: NEW,
    overlapEndsAt: NOW + HOUR,
    ...old,
  }),
  aKey({ id: NEW, familyId: OLD, predecessorId: OLD, ...successor }),
];

describe('rotating', () => {
  const rotate = (
    keys: ApiKeyRecord[],
    keyId: string,
    overlap: Overlap = 'until-first-use',
  ) =>
    planRotation(keys, keyId, NOW, {
      by: 'user:default/ada',
      successorId: NEXT,
      overlap,
      maxOverlap: 24 * HOUR,
    });
  const by = 'user:default/ada';

  it('a key lets it work until the overlap ends', () => {
    expect(rotate([aKey({ id: OLD })], OLD)).toEqual([
      {
        type: 'retire',
        keyId: OLD,
        by,
        successorId: NEXT,
        overlapEndsAt: NOW + 24 * HOUR,
      },
    ]);
  });

  it('a key at once ends it', () => {
    expect(rotate([aKey({ id: OLD })], OLD, 'immediately')).toEqual([
      { type: 'revoke', keyId: OLD, by, reason: 'rotated' },
    ]);
  });

  it('a key again, while its successor is unused, replaces the successor and does not prolong the overlap', () => {
    expect(rotate(family(), OLD)).toEqual([
      { type: 'revoke', keyId: NEW, by, reason: 'superseded' },
      {
        type: 'retire',
        keyId: OLD,
        by,
        successorId: NEXT,
        overlapEndsAt: NOW + HOUR,
      },
    ]);
  });

  it('an unused successor ends its predecessor', () => {
    expect(rotate(family(), NEW)).toEqual([
      { type: 'revoke', keyId: OLD, by, reason: 'rotated' },
      {
        type: 'retire',
        keyId: NEW,
        by,
        successorId: NEXT,
        overlapEndsAt: NOW + 24 * HOUR,
      },
    ]);
  });

  it('leaves ended keys as they are', () => {
    const dead = aKey({ id: 'dead', familyId: OLD, revokedAt: NOW - 1 });
    expect(rotate([dead, aKey({ id: OLD })], OLD)).toHaveLength(1);
  });

  it.each<[string, Partial<ApiKeyRecord>]>([
    ['revoked', { revokedAt: NOW - 1 }],
    ['expired', { expiresAt: NOW }],
    ['inactive', { inactivityTimeout: 1 }],
    ['past its overlap', { overlapEndsAt: NOW }],
  ])('is refused for a key that is %s', (_, life) => {
    expect(rotate([aKey({ id: OLD, ...life })], OLD)).toBeUndefined();
  });

  it('is refused for a key that is not there', () => {
    expect(rotate([], OLD)).toBeUndefined();
  });
});

describe('using', () => {
  it('a key without a predecessor changes nothing', () => {
    expect(planFirstUse([aKey({ id: OLD })], OLD, NOW)).toEqual([]);
  });

  it('a retiring key changes nothing', () => {
    expect(planFirstUse(family(), OLD, NOW)).toEqual([]);
  });

  it('a successor for the first time ends its predecessor', () => {
    expect(planFirstUse(family(), NEW, NOW)).toEqual([
      { type: 'first-use', keyId: NEW, by: 'user:default/ada' },
      {
        type: 'revoke',
        keyId: OLD,
        by: 'user:default/ada',
        reason: 'rotated',
      },
    ]);
  });

  it('a successor again changes nothing', () => {
    expect(
      planFirstUse(family({}, { firstUsedAt: NOW - 1 }), NEW, NOW),
    ).toEqual([]);
  });

  it('a successor whose predecessor was revoked before leaves the predecessor as it was', () => {
    expect(planFirstUse(family({ revokedAt: NOW - 1 }), NEW, NOW)).toEqual([
      { type: 'first-use', keyId: NEW, by: 'user:default/ada' },
    ]);
  });

  it('is refused for an ended key', () => {
    expect(
      planFirstUse(family({}, { revokedAt: NOW - 1 }), NEW, NOW),
    ).toBeUndefined();
    expect(planFirstUse([], NEW, NOW)).toBeUndefined();
  });
});

describe('revoking', () => {
  const BY_ADMIN: Revocation = { by: 'user:default/grace', reason: 'admin' };
  const LEAKED: Revocation = { reason: 'leaked' };
  const REUSED: Revocation = { ...LEAKED, cause: 'rotated-key-reused' };
  const selfMade = (overrides: Partial<ApiKeyRecord> = {}) =>
    family(overrides, { rotatedBy: 'key' });
  const ownerMade = (overrides: Partial<ApiKeyRecord> = {}) =>
    family(overrides, { rotatedBy: 'owner' });
  const rotatedOut = { revokedAt: NOW, revokedReason: 'rotated' } as const;
  const revoke = (keys: ApiKeyRecord[], revocation = BY_ADMIN) =>
    planRevocation(keys, OLD, revocation);

  it('a key ends its self-made descendants, and records the key that ended them', () => {
    expect(revoke(selfMade())).toEqual([
      { type: 'revoke', keyId: OLD, ...BY_ADMIN },
      {
        type: 'revoke',
        keyId: NEW,
        ...BY_ADMIN,
        revokedWith: { keyId: OLD, cause: 'ancestor-revoked' },
      },
    ]);
  });

  it.each<[string, Partial<ApiKeyRecord>]>([
    ['was rotated out', rotatedOut],
    ['was replaced', { ...rotatedOut, revokedReason: 'superseded' }],
    ['was revoked by its owner', { ...rotatedOut, revokedReason: 'owner' }],
    ['leaked', { ...rotatedOut, revokedReason: 'leaked' }],
  ])('a key that %s before still ends its self-made descendants', (_, old) => {
    for (const revocation of [BY_ADMIN, LEAKED]) {
      expect(revoke(selfMade(old), revocation)).toMatchObject([
        { keyId: NEW, revokedWith: { cause: 'ancestor-revoked' } },
      ]);
    }
  });

  it('a key that has expired ends it and its self-made descendants', () => {
    const keys = selfMade({ expiresAt: NOW - HOUR });
    expect(revoke(keys).map(({ keyId }) => keyId)).toEqual([OLD, NEW]);
  });

  it('a key leaves successors that its owner created, and the descendants of those', () => {
    const made = aKey({
      id: NEXT,
      familyId: OLD,
      predecessorId: NEW,
      rotatedBy: 'key',
    });
    expect(revoke([...ownerMade(), made])).toEqual([
      { type: 'revoke', keyId: OLD, ...BY_ADMIN },
    ]);
  });

  it('a key leaves its predecessors', () => {
    expect(planRevocation(selfMade(), NEW, BY_ADMIN)).toEqual([
      { type: 'revoke', keyId: NEW, ...BY_ADMIN },
    ]);
  });

  it('a key that leaked ends its whole family', () => {
    const of = (keyId: string) => ({ keyId, cause: 'family-leaked' as const });
    expect(revoke(ownerMade(), LEAKED)).toEqual([
      { type: 'revoke', keyId: OLD, ...LEAKED },
      { type: 'revoke', keyId: NEW, ...LEAKED, revokedWith: of(OLD) },
    ]);
    expect(planRevocation(selfMade(), NEW, LEAKED)).toEqual([
      { type: 'revoke', keyId: NEW, ...LEAKED },
      { type: 'revoke', keyId: OLD, ...LEAKED, revokedWith: of(NEW) },
    ]);
  });

  it('a leaked key that was revoked before leaves successors that its owner created', () => {
    expect(revoke(ownerMade(rotatedOut), LEAKED)).toEqual([]);
  });

  it('a family of which a rotated-out secret was presented again ends all of it', () => {
    expect(revoke(ownerMade(rotatedOut), REUSED)).toEqual([
      { type: 'revoke', keyId: NEW, ...REUSED },
    ]);
  });

  it('once more changes nothing', () => {
    const keys = selfMade().map(key => ({ ...key, revokedAt: NOW }));
    for (const revocation of [BY_ADMIN, LEAKED, REUSED]) {
      expect(revoke(keys, revocation)).toEqual([]);
    }
  });

  it('a key that is not there changes nothing', () => {
    expect(planRevocation(selfMade(), 'gone', BY_ADMIN)).toEqual([]);
  });
});
