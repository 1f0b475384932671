import { truncateList, joinWithOverflow } from './joinWithOverflow';

const names = (count: number) =>
  Array.from({ length: count }, (_, i) => `n${i}`);

describe('names in a message', () => {
  it.each([
    [1, 'n0'],
    [2, 'n0, n1'],
    [20, names(20).join(', ')],
    [21, `${names(20).join(', ')} and 1 more`],
  ])('are those of %d: %s', (count, text) => {
    expect(truncateList(names(count))).toBe(text);
  });

  it('are limited in number', () => {
    expect(truncateList(names(5), 2)).toBe('n0, n1 and 3 more');
  });

  it('may be the first of a longer list', () => {
    expect(joinWithOverflow(names(2), 9)).toBe('n0, n1 and 7 more');
  });
});
