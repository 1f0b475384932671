import { DateTime, DurationLike, Settings } from 'luxon';
import { dayAndTime, exactTime, isJustNow, relativeTime } from './formatTime';

const NOW = DateTime.fromISO('2026-06-15T12:00:00Z', {
  zone: 'Europe/Berlin',
});
const at = (duration: DurationLike) => NOW.plus(duration).toUTC().toISO() ?? '';

beforeAll(() => {
  Settings.defaultZone = 'Europe/Berlin';
});
afterAll(() => {
  Settings.defaultZone = 'system';
});

describe('relativeTime', () => {
  it.each([
    [{ seconds: -6 }, '6 seconds ago'],
    [{ seconds: -59.7 }, '1 minute ago'],
    [{ minutes: -59 }, '59 minutes ago'],
    [{ minutes: -59.8 }, '1 hour ago'],
    [{ hours: -47 }, '47 hours ago'],
    [{ hours: -48 }, '2 days ago'],
    [{ days: 90, seconds: -3 }, 'in 90 days'],
    [{ days: 99 }, 'in 99 days'],
    [{ days: 365 }, 'in 12 months'],
    [{ days: 3652 }, 'in 10 years'],
  ])('formats %j', (distance, words) => {
    expect(relativeTime(at(distance), NOW.toMillis(), 'en')).toBe(words);
  });

  it('uses the language of the app', () => {
    expect(relativeTime(at({ hours: -3 }), NOW.toMillis(), 'de')).toBe(
      'vor 3 Stunden',
    );
  });
});

describe('isJustNow', () => {
  it.each([
    [{ seconds: 0 }, true],
    [{ seconds: -4.9 }, true],
    [{ seconds: -5 }, false],
    [{ seconds: 1 }, false],
  ])('at %j it is %s', (distance, expected) => {
    expect(isJustNow(at(distance), NOW.toMillis())).toBe(expected);
  });
});

describe('exact times', () => {
  it('are in the time zone of the reader, to the second', () => {
    expect(exactTime('2026-06-15T12:00:05Z', 'en-US')).toMatch(
      /^June 15, 2026 at 2:00:05.PM GMT\+2$/,
    );
  });

  it('are formatted with the day of the week', () => {
    expect(dayAndTime(NOW, 'en-US')).toMatch(
      /^Monday, June 15, 2026 at 2:00.PM$/,
    );
  });
});
