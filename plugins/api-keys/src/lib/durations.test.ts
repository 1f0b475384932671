import { durationInWords, durationLength, wholeDays } from './durations';

const HOUR = 60 * 60 * 1000;

it.each([
  ['P90D', '90 days', 90],
  ['P1D', '1 day', 1],
  ['PT12H', '12 hours', undefined],
  ['P1DT12H', '1 day, 12 hours', undefined],
  ['P1M', '1 month', undefined],
])('says %s as “%s”, and as %s whole days', (iso, words, days) => {
  expect(durationInWords(iso, 'en')).toBe(words);
  expect(wholeDays(iso)).toBe(days);
});

it('counts a month as 30 days, as the backend does', () => {
  expect(durationLength('P1M')).toBe(30 * 24 * HOUR);
  expect(durationLength('PT12H')).toBe(12 * HOUR);
});
