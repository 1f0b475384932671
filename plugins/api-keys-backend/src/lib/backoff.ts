/** Returns the pause after a number of failures in a row, in milliseconds. */
export function backoff(
  failures: number,
  options: { firstMs: number; factor: number; maxMs: number },
): number {
  const { firstMs, factor, maxMs } = options;
  return Math.min(firstMs * factor ** (failures - 1), maxMs);
}
