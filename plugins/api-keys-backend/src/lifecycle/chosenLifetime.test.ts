import { ApiKeyRotatedBy } from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { aKey } from '../__testUtils__/keys';
import { ApiKeyRecord } from './ApiKeyRecord';
import {
  chosenLifetimeOf,
  lifetimeChosenBy,
  resolveSuccessorLife,
} from './chosenLifetime';

const DAY = 24 * 60 * 60 * 1000;
const START = Date.UTC(2030, 0, 1);
const POLICY = { default: 90 * DAY, max: 365 * DAY, allowUnlimited: false };
const UNLIMITED = { ...POLICY, allowUnlimited: true };

/** A key with a lifetime of so many days. */
const keyFor = (days: number, fields: Partial<ApiKeyRecord> = {}) =>
  aKey({
    createdAt: START,
    expiresAt: START + days * DAY,
    requestedExpiresAt: START + days * DAY,
    chosenLifetime: days * DAY,
    ...fields,
  });

const rotate = (
  key: ApiKeyRecord,
  rotatedBy: ApiKeyRotatedBy,
  {
    policy = POLICY,
    expiresIn,
    day = 1,
  }: { policy?: typeof POLICY; expiresIn?: string; day?: number } = {},
) => {
  const now = START + day * DAY;
  const life = resolveSuccessorLife(policy, key, { expiresIn }, rotatedBy, now);
  return {
    days: life.expiresAt && (life.expiresAt - now) / DAY,
    chosenDays: life.chosenLifetime / DAY,
  };
};

describe('the life of a successor', () => {
  it.each<ApiKeyRotatedBy>(['owner', 'key'])(
    'is as long as was chosen for the key that was rotated by its %s, under the policy of today',
    rotatedBy => {
      const strict = { ...POLICY, max: 30 * DAY };
      const key = keyFor(60);
      expect(rotate(key, rotatedBy)).toEqual({ days: 60, chosenDays: 60 });
      expect(rotate(key, rotatedBy, { policy: strict })).toEqual({
        days: 30,
        chosenDays: 60,
      });
    },
  );

  it('is chosen again by an owner, within the policy alone', () => {
    expect(rotate(keyFor(1), 'owner', { expiresIn: 'P365D' })).toEqual({
      days: 365,
      chosenDays: 365,
    });
    expect(() => rotate(keyFor(1), 'owner', { expiresIn: 'P366D' })).toThrow(
      'expiresIn is too far away',
    );
  });

  it('is never chosen longer by the key itself, to the millisecond', () => {
    expect(rotate(keyFor(1), 'key', { expiresIn: 'P1D' }).days).toBe(1);
    for (const expiresIn of ['P1DT0.001S', 'P365D']) {
      expect(() => rotate(keyFor(1), 'key', { expiresIn })).toThrow(
        'expiresIn is too long: an API key that rotates itself may have a successor for P1D at most, as its owner chose',
      );
    }
  });

  it('stays as short as the key itself has chosen once', () => {
    const shorter = rotate(keyFor(60), 'key', { expiresIn: 'P10D' });
    expect(shorter).toEqual({ days: 10, chosenDays: 10 });
  });

  it('has no end only if a person chose none and the policy of today allows it', () => {
    const key = keyFor(0, {
      expiresAt: undefined,
      requestedExpiresAt: undefined,
      chosenLifetime: Infinity,
    });
    expect(rotate(key, 'key', { policy: UNLIMITED })).toEqual({
      days: undefined,
      chosenDays: Infinity,
    });
    expect(rotate(key, 'key')).toEqual({ days: 365, chosenDays: Infinity });
    expect(rotate(keyFor(60), 'key', { policy: UNLIMITED }).days).toBe(60);
  });

  it('does not grow over a chain of rotations by the keys themselves, whatever the policy does', () => {
    let key = keyFor(20);
    for (const days of [30, 5, 365, 10, 40]) {
      const policy = { ...POLICY, max: days * DAY };
      const { expiresAt, chosenLifetime } = resolveSuccessorLife(
        policy,
        key,
        {},
        'key',
        key.createdAt + DAY,
      );
      const createdAt = key.createdAt + DAY;
      expect(expiresAt! - createdAt).toBe(Math.min(20, days) * DAY);
      key = keyFor(0, {
        createdAt,
        expiresAt,
        requestedExpiresAt: expiresAt,
        chosenLifetime,
      });
    }
  });

  it('is a calendar year by the key itself, if its owner chose a year or 365 days', () => {
    const made = Date.UTC(2027, 0, 1);
    const now = Date.UTC(2027, 5, 1);
    const key = keyFor(365, { createdAt: made });
    for (const expiresIn of ['P1Y', 'P12M', 'P365D']) {
      const life = resolveSuccessorLife(POLICY, key, { expiresIn }, 'key', now);
      expect(life.expiresAt).toBeLessThanOrEqual(Date.UTC(2028, 5, 1));
      expect(life.chosenLifetime).toBe(365 * DAY);
    }
    const lax = { ...POLICY, max: 3650 * DAY };
    for (const expiresIn of ['P366D', 'P13M', 'P11M35D']) {
      expect(() =>
        resolveSuccessorLife(lax, key, { expiresIn }, 'key', now),
      ).toThrow('expiresIn is too long');
    }
  });

  it('does not grow with the calendar over a chain of rotations by the keys themselves', () => {
    const policy = { ...POLICY, max: 3650 * DAY };
    const anyRequest = fc.constantFrom(
      ...[undefined, 'P1Y', 'P12M', 'P366D', 'P365D', 'P6M', 'P1M', 'P31D'],
    );
    fc.assert(
      fc.property(
        fc.integer({ min: START, max: START + 1500 * DAY }),
        fc.array(fc.tuple(anyRequest, fc.integer({ min: 1, max: 365 }))),
        (createdAt, rotations) => {
          let key = keyFor(365, { createdAt });
          for (const [expiresIn, days] of rotations) {
            const now = key.createdAt + days * DAY;
            let life;
            try {
              const request = { expiresIn };
              life = resolveSuccessorLife(policy, key, request, 'key', now);
            } catch {
              continue;
            }
            expect(life.chosenLifetime).toBeLessThanOrEqual(
              chosenLifetimeOf(key),
            );
            expect(life.expiresAt! - now).toBeLessThanOrEqual(366 * DAY);
            key = aKey({
              ...life,
              createdAt: now,
              requestedExpiresAt: life.expiresAt,
            });
          }
        },
      ),
    );
  });

  it('is the requested one if an older version did not stores the chosen one', () => {
    const old = { chosenLifetime: undefined };
    expect(chosenLifetimeOf(keyFor(7, old))).toBe(7 * DAY);
    const unlimited = { ...old, requestedExpiresAt: undefined };
    expect(chosenLifetimeOf(keyFor(7, unlimited))).toBe(Infinity);
  });
});

describe('setting another end', () => {
  const chosenOn = (
    day: number,
    key: ApiKeyRecord,
    endsOn: number | undefined,
  ) => {
    const end = endsOn === undefined ? undefined : START + endsOn * DAY;
    return lifetimeChosenBy(key, end, START + day * DAY) / DAY;
  };

  it('earlier chooses the rest of the life from then on', () => {
    expect(chosenOn(300, keyFor(365), 310)).toBe(10);
    const unlimited = keyFor(0, {
      expiresAt: undefined,
      chosenLifetime: Infinity,
    });
    expect(chosenOn(300, unlimited, 310)).toBe(10);
  });

  it('later takes nothing away from what was chosen before', () => {
    expect(chosenOn(88, keyFor(90), 97)).toBe(90);
    expect(chosenOn(88, keyFor(90), 365)).toBe(277);
    expect(chosenOn(88, keyFor(90), undefined)).toBe(Infinity);
  });

  it('to where it was chooses nothing', () => {
    const shortened = keyFor(310, { chosenLifetime: 10 * DAY });
    expect(chosenOn(305, shortened, 310)).toBe(10);
  });

  it('a little later does not bring back what was given up by a shortening', () => {
    const shortened = keyFor(310, { chosenLifetime: 10 * DAY });
    expect(chosenOn(305, shortened, 311)).toBe(10);
  });
});
