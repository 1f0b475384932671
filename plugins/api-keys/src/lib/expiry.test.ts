import { ApiKeyPolicy } from 'backstage-plugin-api-keys-common';
import { DateTime, Settings } from 'luxon';
import { aPolicy } from '../__testUtils__/keys';
import {
  dateRange,
  ExpiryChoice,
  expiryChoices,
  fitsLifetime,
  initialChoice,
  initialDate,
  resolveExpiry,
} from './expiry';

// Summer time in Berlin; winter time begins on October 25, 2026.
const NOW = DateTime.fromISO('2026-10-20T10:00:00Z').toMillis();
const lifetime = (overrides: Partial<ApiKeyPolicy['lifetime']> = {}) =>
  aPolicy({ lifetime: overrides }).lifetime;
const names = (choices: ExpiryChoice[]) =>
  choices.map(c => (c.kind === 'preset' ? c.days : c.kind));

beforeAll(() => {
  Settings.defaultZone = 'Europe/Berlin';
});
afterAll(() => {
  Settings.defaultZone = 'system';
});

describe('expiryChoices', () => {
  it.each([
    ['P365D', 'P90D', [7, 30, 90, 'date']],
    ['P90D', 'P30D', [7, 30, 90, 'date']],
    ['P60D', 'P30D', [7, 30, 'date']],
    ['P365D', 'P60D', [7, 30, 90, 'default', 'date']],
    ['P5D', 'P5D', ['default', 'date']],
    ['PT6H', 'PT1H', ['default']],
  ])('offers what a maximum of %s allows', (max, byDefault, expected) => {
    const given = lifetime({ max, default: byDefault });
    expect(names(expiryChoices(given, NOW))).toEqual(expected);
  });

  it('offers no expiry only where the policy does', () => {
    const given = lifetime({ allowUnlimited: true });
    expect(names(expiryChoices(given, NOW))).toContain('never');
    expect(names(expiryChoices(lifetime(), NOW))).not.toContain('never');
  });
});

describe('initialChoice', () => {
  it.each([
    ['P90D', { kind: 'preset', days: 90 }],
    ['PT720H', { kind: 'preset', days: 30 }],
    ['P1W', { kind: 'preset', days: 7 }],
    ['P60D', { kind: 'default' }],
  ])('is what a default of %s comes to', (byDefault, expected) => {
    const given = lifetime({ default: byDefault });
    expect(initialChoice(given, NOW)).toEqual(expected);
  });
});

describe('the days to pick from', () => {
  it('begin tomorrow and end where the policy does', () => {
    const given = lifetime({ max: 'P30D' });
    expect(dateRange(given, NOW)).toEqual({
      min: '2026-10-21',
      max: '2026-11-19',
    });
  });

  it('start at the default, but not before tomorrow', () => {
    expect(initialDate(lifetime(), NOW)).toBe('2027-01-18');
    expect(initialDate(lifetime({ default: 'PT1H' }), NOW)).toBe('2026-10-21');
  });
});

describe('resolveExpiry', () => {
  const resolve = (
    choice: ExpiryChoice,
    date = '',
    given = lifetime({ max: 'P30D' }),
  ) => {
    const expiry = resolveExpiry(choice, date, given, NOW);
    if ('problem' in expiry) return expiry;
    return { ends: expiry.endsAt?.toUTC().toISO(), request: expiry.request };
  };

  it('asks for a preset as a length of time, in days of 24 hours', () => {
    expect(resolve({ kind: 'preset', days: 7 })).toEqual({
      ends: '2026-10-27T10:00:00.000Z',
      request: { expiresIn: 'P7D' },
    });
  });

  it('asks for nothing to get the default', () => {
    expect(resolve({ kind: 'default' })).toMatchObject({ request: {} });
  });

  it('asks for no expiry with null', () => {
    expect(resolve({ kind: 'never' })).toEqual({
      ends: undefined,
      request: { expiresAt: null },
    });
  });

  it('takes a date for the end of that day in the time zone of the user', () => {
    expect(resolve({ kind: 'date' }, '2026-10-31')).toEqual({
      ends: '2026-10-31T22:59:59.999Z',
      request: { expiresAt: '2026-10-31T22:59:59.999Z' },
    });
  });

  it('ends the last possible day where the policy does', () => {
    expect(resolve({ kind: 'date' }, '2026-11-19')).toEqual({
      ends: '2026-11-19T10:00:00.000Z',
      request: { expiresIn: 'P30D' },
    });
  });

  it.each([
    ['', 'dateMissing'],
    ['2026-13-40', 'dateMissing'],
    ['2026-10-20', 'dateTooEarly'],
    ['2026-11-20', 'dateTooLate'],
  ])('refuses the date "%s"', (date, problem) => {
    expect(resolve({ kind: 'date' }, date)).toEqual({ problem });
  });
});

describe('fitsLifetime', () => {
  it.each<[ExpiryChoice, string, Partial<ApiKeyPolicy['lifetime']>, boolean]>([
    [{ kind: 'preset', days: 30 }, '', {}, true],
    [{ kind: 'preset', days: 30 }, '', { max: 'P29D' }, false],
    [{ kind: 'date' }, '2026-11-01', {}, true],
    [{ kind: 'date' }, '2026-11-01', { max: 'P5D' }, false],
    [{ kind: 'never' }, '', { allowUnlimited: true }, true],
    [{ kind: 'never' }, '', {}, false],
    [{ kind: 'default' }, '', { default: 'P60D' }, true],
  ])('of %j %s under %j is %s', (choice, date, overrides, expected) => {
    expect(fitsLifetime({ choice, date }, lifetime(overrides), NOW)).toBe(
      expected,
    );
  });
});
