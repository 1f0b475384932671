import {
  resolveExpiry,
  resolveNewExpiry,
  resolveShorterExpiry,
} from './expiry';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.parse('2030-01-31T12:00:00Z');
const POLICY = { default: 90 * DAY, max: 365 * DAY, allowUnlimited: false };

describe('the expiry of a new key', () => {
  it.each([
    ['the default', {}, '2030-05-01T12:00:00.000Z'],
    [
      'a time in another zone',
      { expiresAt: '2030-02-01T01:00:00+02:00' },
      '2030-01-31T23:00:00.000Z',
    ],
    ['a day by the calendar', { expiresIn: 'P1M' }, '2030-02-28T12:00:00.000Z'],
    ['exactly the maximum', { expiresIn: 'P365D' }, '2031-01-31T12:00:00.000Z'],
  ])('is %s', (_, request, expected) => {
    const { expiresAt } = resolveExpiry(POLICY, request, NOW);
    expect(new Date(expiresAt!).toISOString()).toBe(expected);
  });

  it('is never only if that is allowed', () => {
    const unlimited = { ...POLICY, allowUnlimited: true };
    expect(resolveExpiry(unlimited, { expiresAt: null }, NOW)).toEqual({
      expiresAt: undefined,
      chosenLifetime: Infinity,
    });
    expect(resolveExpiry(unlimited, {}, NOW)).toEqual({
      expiresAt: NOW + 90 * DAY,
      chosenLifetime: 90 * DAY,
    });
    expect(() => resolveExpiry(POLICY, { expiresAt: null }, NOW)).toThrow(
      'expiresAt must not be null: every key expires, after P365D at the latest',
    );
  });

  it.each([
    [{ expiresAt: '2030-01-31T12:00:00Z' }, 'expiresAt must be in the future'],
    [
      { expiresAt: '2031-01-31T12:00:00.001Z' },
      'expiresAt is too far away: a key may live for P365D at most, until 2031-01-31T12:00:00.000Z',
    ],
    [{ expiresIn: 'P2Y' }, 'expiresIn is too far away'],
    [{ expiresIn: 'P9999999Y' }, 'expiresIn must be in the future'],
  ])('refuses %j', (request, message) => {
    expect(() => resolveExpiry(POLICY, request, NOW)).toThrow(message);
  });
});

describe('a year that has a leap day', () => {
  const LEAP = Date.parse('2027-06-01T12:00:00Z');
  const END = '2028-06-01T12:00:00.000Z';

  it.each([
    [{ expiresIn: 'P1Y' }, 365],
    [{ expiresIn: 'P12M' }, 365],
    [{ expiresAt: END }, 366],
  ])('fits a limit of 365 days, requested as %j', (request, chosenDays) => {
    expect(resolveExpiry(POLICY, request, LEAP)).toEqual({
      expiresAt: Date.parse(END),
      chosenLifetime: chosenDays * DAY,
    });
  });

  it.each([
    { expiresIn: 'P366D' },
    { expiresIn: 'P1Y1D' },
    { expiresIn: 'P13M' },
    { expiresIn: 'P11M35D' },
    { expiresAt: '2028-06-01T12:00:00.001Z' },
  ])('is not exceeded by %j', request => {
    expect(() => resolveExpiry(POLICY, request, LEAP)).toThrow(
      `is too far away: a key may live for P365D at most, until ${END}`,
    );
  });

  it('is what an admin can set, from the creation of the key', () => {
    const key = { createdAt: LEAP };
    const later = LEAP + 100 * DAY;
    expect(resolveNewExpiry(POLICY, key, END, later)).toBe(Date.parse(END));
    expect(() =>
      resolveNewExpiry(POLICY, key, '2028-06-01T12:00:00.001Z', later),
    ).toThrow(`this key may live until ${END}`);
  });
});

describe('an earlier expiry', () => {
  const CURRENT = NOW + 10 * DAY;

  it('may be any time from now to the current one', () => {
    expect(resolveShorterExpiry(CURRENT, '2030-02-01T12:00:00Z', NOW)).toBe(
      NOW + DAY,
    );
    expect(
      resolveShorterExpiry(CURRENT, new Date(CURRENT).toISOString(), NOW),
    ).toBe(CURRENT);
    expect(resolveShorterExpiry(undefined, '2099-01-01T00:00:00Z', NOW)).toBe(
      Date.UTC(2099, 0, 1),
    );
  });

  it('must be neither later nor past', () => {
    expect(() =>
      resolveShorterExpiry(CURRENT, '2030-02-10T12:00:01Z', NOW),
    ).toThrow(
      'expiresAt can only be moved earlier than 2030-02-10T12:00:00.000Z',
    );
    expect(() =>
      resolveShorterExpiry(CURRENT, '2030-01-31T11:59:59Z', NOW),
    ).toThrow('expiresAt must be in the future');
  });
});
