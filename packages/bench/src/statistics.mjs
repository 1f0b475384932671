/** Percentile by nearest rank. */
export function percentile(sorted, percent) {
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1];
}

/** Median; for an even number of values the lower of the middle two, so that it is a measured value. */
export function median(values) {
  return percentile(
    [...values].sort((a, b) => a - b),
    50,
  );
}

/**
 * Median of the ratios of two measurements round by round, so that a round in which the machine was busy weighs no
 * more than any other.
 */
export function ratioOf(ones, others) {
  return median(ones.map((value, round) => value / others[round]));
}
