import { DateTime, Settings } from 'luxon';
import { aKey, aPolicy } from '../__testUtils__/keys';
import { cloneDefaults } from './cloneDefaults';

const NOW = DateTime.fromISO('2026-10-20T10:00:00Z').toMillis();
const MADE = '2026-03-01T08:00:00.000Z';

/** A key that was created with the given lifetime. */
const lived = (
  length: object | null,
  inactivityTimeout: string | null = null,
  createdAt: string = MADE,
) =>
  aKey({
    createdAt,
    expiresAt:
      length &&
      DateTime.fromISO(createdAt, { zone: 'utc' }).plus(length).toISO(),
    inactivityTimeout,
  });

const preset = (days: number) => ({
  choice: { kind: 'preset', days },
  date: '',
});

beforeAll(() => {
  Settings.defaultZone = 'Europe/Berlin';
});
afterAll(() => {
  Settings.defaultZone = 'system';
});

describe('the life of a copy', () => {
  it.each([
    ['30 days', { days: 30 }, {}, preset(30)],
    // The key was created a moment after the request.
    ['30 days', { days: 30, milliseconds: -300 }, {}, preset(30)],
    [
      'the default',
      { days: 60 },
      { default: 'P60D' },
      { choice: { kind: 'default' }, date: '' },
    ],
    [
      'none of the presets',
      { days: 45 },
      {},
      { choice: { kind: 'date' }, date: '2026-12-04' },
    ],
    [
      'the longest',
      { days: 365 },
      {},
      { choice: { kind: 'date' }, date: '2027-10-20' },
    ],
    // A year with a leap day, copied in one without.
    [
      'a calendar year',
      { years: 1 },
      {},
      { choice: { kind: 'date' }, date: '2027-10-20' },
      '2027-06-01T08:00:00.000Z',
    ],
    [
      'hours, which no date can say',
      { hours: 2 },
      { default: 'PT1H' },
      { choice: { kind: 'default' }, date: '' },
    ],
    [
      'forever',
      null,
      { allowUnlimited: true },
      { choice: { kind: 'never' }, date: '' },
    ],
  ])(
    'of a key that lived for %s',
    (_, length, lifetime, expected, made = MADE) => {
      const { expiry, stricter } = cloneDefaults(
        lived(length, null, made),
        aPolicy({ lifetime }),
        NOW,
      );
      expect(expiry).toEqual(expected);
      expect(stricter).toEqual({});
    },
  );

  it.each([
    ['longer than the policy allows', { days: 180 }, 'stricter'],
    ['forever, which it does not allow', null, 'stricterNever'],
  ])('of a key that lived %s is the default', (_, length, expected) => {
    const policy = aPolicy({ lifetime: { default: 'P30D', max: 'P90D' } });
    const { expiry, stricter } = cloneDefaults(lived(length), policy, NOW);
    expect(expiry).toEqual(preset(30));
    expect(stricter).toEqual({ expiry: expected });
  });
});

describe('the inactivity timeout of a copy', () => {
  it.each([
    ['the same', null, {}, 'none', {}],
    ['the same', 'P30D', {}, 'P30D', {}],
    ['the same', 'P14D', { default: 'P7D', max: 'P14D' }, 'P14D', {}],
    [
      'the default, where it is too long for the policy',
      'P14D',
      { default: 'P7D', max: 'P7D' },
      'default',
      { inactivity: true },
    ],
    [
      'the default, where there has to be one',
      null,
      { default: 'P7D', max: 'P7D' },
      'default',
      { inactivity: true },
    ],
  ])('is %s (%s)', (_, timeout, inactivity, expected, stricter) => {
    const copy = cloneDefaults(
      lived({ days: 30 }, timeout),
      aPolicy({ inactivity }),
      NOW,
    );
    expect(copy).toMatchObject({ inactivity: expected, stricter });
  });
});
