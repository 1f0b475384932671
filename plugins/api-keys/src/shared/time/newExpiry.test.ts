import { DateTime } from 'luxon';
import { aKey } from '../../__testUtils__/keys';
import { daysToPick, endOfDay, latestEnd } from './newExpiry';

const NOW = DateTime.local(2026, 11, 24, 12).toMillis();
const LATEST = DateTime.local(2026, 12, 24, 15);
const toUtc = (time: DateTime) => time.toUTC().toISO();

describe('the new end of a key', () => {
  it('is limited by the policy, from the creation', () => {
    const key = aKey({ createdAt: '2026-01-01T00:00:00.000Z' });
    const lifetime = { default: 'P30D', max: 'P90D', allowUnlimited: false };
    expect(toUtc(latestEnd(key, lifetime))).toBe('2026-04-01T00:00:00.000Z');
  });

  it('is a year after its creation if 365 days are allowed, including a leap day', () => {
    const key = aKey({ createdAt: '2027-06-01T12:00:00.000Z' });
    const lifetime = { default: 'P30D', max: 'P365D', allowUnlimited: false };
    expect(toUtc(latestEnd(key, lifetime))).toBe('2028-06-01T12:00:00.000Z');
  });

  it('can be tomorrow at the earliest', () => {
    expect(daysToPick(LATEST, NOW)).toEqual({
      min: '2026-11-25',
      max: '2026-12-24',
    });
  });

  it.each<[string, object]>([
    [
      '2026-11-25',
      { expiresAt: toUtc(DateTime.local(2026, 11, 25).endOf('day')) },
    ],
    ['2026-12-24', { expiresAt: toUtc(LATEST) }],
    ['', { problem: 'dateMissing' }],
    ['2026-02-30', { problem: 'dateMissing' }],
    ['2026-11-24', { problem: 'dateTooEarly' }],
    ['2026-12-25', { problem: 'dateTooLate' }],
  ])('on %p is %p', (day, expected) => {
    expect(endOfDay(day, LATEST, NOW)).toEqual(expected);
  });
});
