/** The nearest rank. */
export function percentile(sorted, percent) {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1];
}

/** Of an even number of values, the lower one of the two in the middle: one that was measured. */
export function median(values) {
  return percentile(
    [...values].sort((a, b) => a - b),
    50,
  );
}

/**
 * How one thing compares to another that was measured in the same rounds: the median of each round's ratio, so that a round in
 * which the machine was busy with something else counts no more than any other.
 */
export function ratioOf(ones, others) {
  return median(ones.map((value, round) => value / others[round]));
}
