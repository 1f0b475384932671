import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import { planTransfer } from './transfer';

const NOW = Date.UTC(2030, 5, 1);
const PLENTY = { now: NOW, active: 0, limit: 10 };

const idsOf = (...keys: ApiKeyRecord[]) => keys.map(({ id }) => id);

/** A rotated key within its overlap, and its successor. */
function aRotatedFamily() {
  const successor = aKey({ familyId: 'family' });
  const retiring = aKey({
    familyId: 'family',
    successorId: successor.id,
    overlapEndsAt: NOW + 1,
  });
  const rotatedOut = aKey({
    familyId: 'family',
    revokedAt: NOW - 1,
    revokedReason: 'rotated',
  });
  return { rotatedOut, retiring, successor };
}

describe('planTransfer', () => {
  it('transfers active and inactive keys', () => {
    const active = aKey();
    const inactive = aKey({ inactivityTimeout: 1 });
    const ids = idsOf(active, inactive);
    expect(planTransfer([active, inactive], { ids, ...PLENTY })).toEqual({
      transferred: ids,
      familyIds: [active.familyId, inactive.familyId],
      refused: [],
      activeKeys: 1,
    });
  });

  it.each([
    ['revoked', aKey({ revokedAt: NOW - 1 })],
    ['expired', aKey({ expiresAt: NOW })],
    ['expired', aKey({ overlapEndsAt: NOW })],
  ])('refuses what is %s', (status, key) => {
    const plan = planTransfer([key], { ids: [key.id], ...PLENTY });
    expect(plan).toEqual({
      transferred: [],
      familyIds: [],
      refused: [{ id: key.id, reason: expect.stringContaining(status) }],
      activeKeys: 0,
    });
  });

  it('reports a key as gone if its owner does not have it any more', () => {
    const plan = planTransfer([], { ids: ['gone'], ...PLENTY });
    expect(plan.refused).toEqual([
      { id: 'gone', reason: 'The API key was transferred meanwhile' },
    ]);
  });

  it.each(['retiring', 'successor'] as const)(
    'transfers the whole family for its %s key alone, as one active key',
    asked => {
      const family = aRotatedFamily();
      const ids = [family[asked].id];
      const plan = planTransfer(Object.values(family), {
        ...PLENTY,
        ids,
        limit: 1,
      });
      expect(plan).toMatchObject({ transferred: ids, familyIds: ['family'] });
      expect(plan.activeKeys).toBe(1);
    },
  );

  it('does not transfer a family for a key of it that has ended', () => {
    const family = aRotatedFamily();
    const ids = [family.rotatedOut.id];
    const plan = planTransfer(Object.values(family), { ids, ...PLENTY });
    expect(plan).toMatchObject({ transferred: [], familyIds: [] });
  });

  it('counts a family once, whichever of its keys are requested', () => {
    const { retiring, successor } = aRotatedFamily();
    const ids = idsOf(retiring, successor);
    const plan = planTransfer([retiring, successor], {
      ...PLENTY,
      ids,
      limit: 1,
    });
    expect(plan).toMatchObject({ transferred: ids, activeKeys: 1 });
  });

  it('transfers as many keys as there is room for', () => {
    const keys = [aKey(), aKey(), aKey()];
    const ids = idsOf(...keys);
    const plan = planTransfer(keys, { ids, now: NOW, active: 3, limit: 5 });
    expect(plan.transferred).toEqual(ids.slice(0, 2));
    expect(plan.refused).toEqual([
      { id: ids[2], reason: expect.stringContaining('more than the 5') },
    ]);
  });

  it('transfers nothing to a group that may have no keys, not even inactive keys', () => {
    const keys = [aKey(), aKey({ inactivityTimeout: 1 })];
    const ids = idsOf(...keys);
    const plan = planTransfer(keys, { ids, now: NOW, active: 0, limit: 0 });
    expect(plan).toMatchObject({ transferred: [], familyIds: [] });
    expect(plan.refused).toEqual(
      ids.map(id => ({ id, reason: 'The group may have no API keys' })),
    );
  });

  it('needs no room for inactive keys', () => {
    const inactive = aKey({ inactivityTimeout: 1 });
    const plan = planTransfer([inactive], {
      ids: [inactive.id],
      now: NOW,
      active: 9,
      limit: 5,
    });
    expect(plan.transferred).toEqual([inactive.id]);
  });
});
