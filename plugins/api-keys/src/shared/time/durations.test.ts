import { durationInWords, wholeDays } from './durations';

it.each([
  ['P90D', '90 days', 90],
  ['P1D', '1 day', 1],
  ['PT12H', '12 hours', undefined],
  ['P1DT12H', '1 day, 12 hours', undefined],
  ['P1M', '1 month', undefined],
  ['P40Y', '40 years', 14600],
])('says %s as “%s”, and as %s whole days', (iso, words, days) => {
  expect(durationInWords(iso, 'en')).toBe(words);
  expect(wholeDays(iso)).toBe(days);
});
