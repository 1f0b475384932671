import fc from 'fast-check';
import {
  durationLength,
  endAfter,
  isWithinLimit,
  latestEnd,
  longestDuration,
  toIsoDuration,
} from './durations';

const DAY = 24 * 60 * 60 * 1000;
const YEAR = 365 * DAY;

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Times over four centuries, with leap days and the ends of months among them. */
const anyStart = fc.oneof(
  fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2400, 0, 1) }),
  fc
    .record({
      year: fc.integer({ min: 1970, max: 2400 }),
      month: fc.integer({ min: 0, max: 11 }),
      hour: fc.integer({ min: 0, max: 23 }),
    })
    // Day 0 is the last one of the month before.
    .map(({ year, month, hour }) => Date.UTC(year, month, 0, hour)),
);
const anyLimit = fc.oneof(
  fc.integer({ min: 1000, max: 100 * YEAR }),
  fc.integer({ min: 1, max: 36500 }).map(days => days * DAY),
);

describe('durationLength', () => {
  it.each([
    ['P1M', 30],
    ['P11M', 330],
    ['P12M', 365],
    ['P18M', 545],
    ['P1Y', 365],
    ['P40Y', 14600],
    ['P2W', 14],
    ['P1DT12H', 1.5],
  ])('takes %s for %d days', (iso, days) => {
    expect(durationLength(iso)).toBe(days * DAY);
  });

  it('takes durations as the configuration has them', () => {
    expect(durationLength({ months: 12 })).toBe(YEAR);
    expect(durationLength({ years: 1, days: 1 })).toBe(366 * DAY);
  });
});

describe('the latest end under a limit', () => {
  it.each([
    // A year, over a leap day and not, and from one.
    ['2027-06-01', 365, '2028-06-01'],
    ['2026-06-01', 365, '2027-06-01'],
    ['2028-02-29', 365, '2029-02-28'],
    ['2027-06-01', 366, '2028-06-02'],
    ['2026-12-01', 14600, '2066-12-01'],
    // Months.
    ['2026-01-31', 30, '2026-03-02'],
    ['2026-03-01', 30, '2026-04-01'],
    ['2026-03-01', 31, '2026-04-01'],
    ['2026-03-01', 180, '2026-09-01'],
    // Twelve months are a year, not 360 days.
    ['2027-06-01', 364, '2028-05-30'],
    // Days.
    ['2026-03-01', 29, '2026-03-30'],
    ['2026-03-01', 7, '2026-03-08'],
  ])('from %s of %d days is %s', (start, days, end) => {
    expect(dayOf(latestEnd(at(start), days * DAY))).toBe(end);
  });

  it('allows each number of years, months or days that is nominally within the limit', () => {
    const anyUnit = fc.constantFrom<['Y' | 'M' | 'D', number]>(
      ['Y', 99],
      ['M', 1200],
      ['D', 36500],
    );
    fc.assert(
      fc.property(
        anyStart,
        anyUnit.chain(([unit, max]) =>
          fc.integer({ min: 1, max }).map(count => `P${count}${unit}`),
        ),
        anyLimit,
        (start, duration, more) => {
          const limit = durationLength(duration);
          expect(isWithinLimit(start, duration, limit)).toBe(true);
          expect(isWithinLimit(start, duration, limit + more)).toBe(true);
          expect(isWithinLimit(start, duration, limit - 1)).toBe(false);
        },
      ),
    );
  });

  it('is never more than the leap days, or the long months of one year, after the limit', () => {
    fc.assert(
      fc.property(anyStart, anyLimit, (start, limit) => {
        const excess = latestEnd(start, limit) - start - limit;
        const leapDays = Math.ceil(limit / YEAR / 4) + 1;
        expect(excess).toBeGreaterThanOrEqual(0);
        expect(excess).toBeLessThanOrEqual((leapDays + 7) * DAY);
      }),
    );
  });

  it('moves back neither for a longer limit nor for a later start', () => {
    fc.assert(
      fc.property(anyStart, anyLimit, anyLimit, (start, limit, more) => {
        const latest = latestEnd(start, limit);
        expect(latestEnd(start, limit + more)).toBeGreaterThanOrEqual(latest);
        // By whole days: at the end of a month, some hours later may be the same day of a shorter one.
        const later = start + Math.ceil(more / DAY) * DAY;
        expect(latestEnd(later, limit)).toBeGreaterThanOrEqual(latest);
      }),
    );
  });

  it('is reached by a duration that fits, also where another clock is a little ahead', () => {
    fc.assert(
      fc.property(
        anyStart,
        anyLimit,
        fc.integer({ min: 0, max: 2 * DAY }),
        (start, limit, ahead) => {
          const longest = longestDuration(start, limit);
          expect(endAfter(start, longest)).toBe(latestEnd(start, limit));
          expect(isWithinLimit(start + ahead, longest, limit)).toBe(true);
        },
      ),
    );
  });

  it('is not exceeded by a mix of months and days', () => {
    const start = at('2026-03-01');
    expect(durationLength('P11M35D')).toBe(YEAR);
    expect(isWithinLimit(start, 'P11M35D', YEAR)).toBe(false);
  });

  it('does not make a duration in days fit that is too long, whatever the day', () => {
    expect(isWithinLimit(at('2026-03-01'), 'P1M', 30 * DAY)).toBe(true);
    expect(isWithinLimit(at('2026-03-01'), 'P31D', 30 * DAY)).toBe(false);
    expect(isWithinLimit(at('2027-06-01'), 'P366D', YEAR)).toBe(false);
  });
});

describe('an ISO duration', () => {
  it.each([
    [14600, 'P40Y'],
    [730, 'P2Y'],
    [731, 'P731D'],
    [365, 'P365D'],
    [90, 'P90D'],
    [1.5, 'P1DT12H'],
  ])('of %d days is %s', (days, iso) => {
    expect(toIsoDuration(days * DAY)).toBe(iso);
  });

  it('has the nominal length that it was made from', () => {
    fc.assert(
      fc.property(anyLimit, length => {
        expect(durationLength(toIsoDuration(length))).toBe(length);
      }),
    );
  });
});
