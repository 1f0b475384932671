import { afterDay, dayInWords, dayOf, daysInWords, isDay } from './days';

describe('days', () => {
  it.each([
    ['2026-11-24', true],
    ['2026-02-30', false],
    ['2026-2-3', false],
    ['2026-11-24T00:00:00Z', false],
    ['', false],
  ])('%p is a day: %p', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });

  it('are those of UTC, wherever the reader is', () => {
    expect(dayOf(Date.parse('2026-11-24T23:59:59Z'))).toBe('2026-11-24');
    expect(dayOf(Date.parse('2026-11-25T00:00:00Z'))).toBe('2026-11-25');
  });

  it('are consecutive over months, years and clock changes', () => {
    expect(afterDay('2026-12-31')).toBe('2027-01-01');
    expect(afterDay('2026-10-24', 2)).toBe('2026-10-26');
    expect(afterDay('2026-03-01', -1)).toBe('2026-02-28');
  });

  it('are formatted', () => {
    expect(dayInWords('2026-11-24', 'en-GB')).toBe('24 Nov 2026');
    expect(daysInWords('2026-11-24', '2026-11-24', 'en-GB')).toBe(
      '24 Nov 2026',
    );
    expect(daysInWords('2026-11-24', '2026-11-30', 'en-GB')).toMatch(
      /^24\s*–\s*30 Nov 2026$/,
    );
  });
});
