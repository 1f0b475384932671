import {
  ApiKeyPolicy,
  durationLength,
  endAfter,
  isWithinLimit,
  latestEnd,
  toIsoDuration,
} from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { DateTime, Settings } from 'luxon';
import { aPolicy } from '../../__testUtils__/keys';
import { DAY_MS } from '../../shared/time/days';
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

  it('offers no expiry only if the policy allows it', () => {
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
  ])('matches a default of %s', (byDefault, expected) => {
    const given = lifetime({ default: byDefault });
    expect(initialChoice(given, NOW)).toEqual(expected);
  });
});

describe('the days to pick from', () => {
  it('begin tomorrow and end at the limit of the policy', () => {
    const given = lifetime({ max: 'P30D' });
    expect(dateRange(given, NOW)).toEqual({
      min: '2026-10-21',
      max: '2026-11-20',
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

  it('sends a preset as a duration, in days of 24 hours', () => {
    expect(resolve({ kind: 'preset', days: 7 })).toEqual({
      ends: '2026-10-27T10:00:00.000Z',
      request: { expiresIn: 'P7D' },
    });
  });

  it('sends nothing for the default', () => {
    expect(resolve({ kind: 'default' })).toMatchObject({ request: {} });
  });

  it('sends null for no expiry', () => {
    expect(resolve({ kind: 'never' })).toEqual({
      ends: undefined,
      request: { expiresAt: null },
    });
  });

  it('resolves a date to the end of that day in the time zone of the user', () => {
    expect(resolve({ kind: 'date' }, '2026-10-31')).toEqual({
      ends: '2026-10-31T22:59:59.999Z',
      request: { expiresAt: '2026-10-31T22:59:59.999Z' },
    });
  });

  it('caps the last possible day at the limit of the policy', () => {
    expect(resolve({ kind: 'date' }, '2026-11-20')).toEqual({
      ends: '2026-11-20T10:00:00.000Z',
      request: { expiresIn: 'P1M' },
    });
  });

  it.each([
    ['', 'dateMissing'],
    ['2026-13-40', 'dateMissing'],
    ['2026-10-20', 'dateTooEarly'],
    ['2026-11-21', 'dateTooLate'],
  ])('refuses the date "%s"', (date, problem) => {
    expect(resolve({ kind: 'date' }, date)).toEqual({ problem });
  });
});

describe('in every time zone and on every day', () => {
  const anyLifetime = fc
    .integer({ min: 1, max: 4000 })
    .map(days => lifetime({ max: toIsoDuration(days * DAY_MS) }));
  const anyNow = fc.oneof(
    fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2060, 0, 1) }),
    fc
      .tuple(
        fc.integer({ min: 2026, max: 2060 }),
        fc.integer({ min: 0, max: 11 }),
      )
      // The last day of a month.
      .map(([year, month]) => Date.UTC(year, month, 0, 12)),
  );
  const anyZone = fc.constantFrom(
    ...['Europe/Berlin', 'America/New_York', 'Pacific/Kiritimati'],
    ...['Pacific/Pago_Pago', 'Australia/Lord_Howe', 'UTC'],
  );

  it('sends what the backend allows and what it shows', () => {
    fc.assert(
      fc.property(
        anyZone,
        anyNow,
        anyLifetime,
        fc.integer({ min: -2, max: 4100 }),
        (zone, now, given, days) => {
          Settings.defaultZone = zone;
          const { max } = dateRange(given, now);
          for (const date of [
            max,
            DateTime.fromMillis(now).plus({ days }).toISODate()!,
          ]) {
            const expiry = resolveExpiry({ kind: 'date' }, date, given, now);
            if ('problem' in expiry) continue;
            const { expiresAt, expiresIn } = expiry.request;
            const asked = expiresIn
              ? endAfter(now, expiresIn)
              : Date.parse(expiresAt!);
            expect(asked).toBe(expiry.endsAt!.toMillis());
            expect(asked).toBeGreaterThan(now);
            const limit = durationLength(given.max);
            expect(asked).toBeLessThanOrEqual(latestEnd(now, limit));
            const fits = !expiresIn || isWithinLimit(now, expiresIn, limit);
            expect(fits).toBe(true);
          }
        },
      ),
    );
    Settings.defaultZone = 'Europe/Berlin';
  });
});

describe('a year with a leap day', () => {
  const JUNE = DateTime.fromISO('2027-06-01T12:00:00Z').toMillis();

  it('can be picked to its last day if 365 days are allowed', () => {
    const { max } = dateRange(lifetime(), JUNE);
    expect(max).toBe('2028-06-01');
    expect(
      resolveExpiry({ kind: 'date' }, max, lifetime(), JUNE),
    ).toMatchObject({ request: { expiresIn: 'P1Y' } });
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
