import { Backoff } from './Backoff';

it('waits longer after each failure in a row, up to the maximum', () => {
  const backoff = new Backoff({ firstMs: 2000, factor: 4, maxMs: 120_000 });
  expect([1, 2, 3, 4, 5, 1000].map(n => backoff.delayMs(n))).toEqual([
    2000, 8000, 32_000, 120_000, 120_000, 120_000,
  ]);
});
