/**
 * Names for people to read, such as "a, b and 3 more".
 *
 * @param total - how many there are, named or not
 */
export function withMore(named: readonly string[], total: number): string {
  const more = total - named.length;
  return `${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The same of names of which there may be too many for a message. */
export function firstOf(names: readonly string[], max = 20): string {
  return withMore(names.slice(0, max), names.length);
}
