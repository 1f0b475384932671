import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import { Overlap, planRotation, planUse } from './transitions';

const NOW = Date.UTC(2030, 5, 1);
const HOUR = 60 * 60 * 1000;
const OLD = 'old';
const NEW = 'new';
const NEXT = 'next';

/** A key that was rotated, and its successor. */
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

  it('leaves what is dead as it is', () => {
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
  it('a key that replaced none changes nothing', () => {
    expect(planUse([aKey({ id: OLD })], OLD, NOW)).toEqual([]);
  });

  it('a retiring key changes nothing', () => {
    expect(planUse(family(), OLD, NOW)).toEqual([]);
  });

  it('a successor for the first time ends its predecessor', () => {
    expect(planUse(family(), NEW, NOW)).toEqual([
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
    expect(planUse(family({}, { firstUsedAt: NOW - 1 }), NEW, NOW)).toEqual([]);
  });

  it('a successor whose predecessor was revoked before leaves that as it was', () => {
    expect(planUse(family({ revokedAt: NOW - 1 }), NEW, NOW)).toEqual([
      { type: 'first-use', keyId: NEW, by: 'user:default/ada' },
    ]);
  });

  it('is refused for a dead key', () => {
    expect(
      planUse(family({}, { revokedAt: NOW - 1 }), NEW, NOW),
    ).toBeUndefined();
    expect(planUse([], NEW, NOW)).toBeUndefined();
  });
});
