/**
 * Joins names for a message, such as "a, b and 3 more".
 *
 * @param total - number of names, including those not listed
 */
export function joinWithOverflow(
  named: readonly string[],
  total: number,
): string {
  const more = total - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** Joins the first names of a list that may be too long for a message. */
export function truncateList(names: readonly string[], max = 20): string {
  return joinWithOverflow(names.slice(0, max), names.length);
}
