/**
 * Returns the canonical form of an entity ref, in which Backstage compares refs.
 *
 * @public
 */
export function canonicalEntityRef(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}

/**
 * Returns what a key owns: all that its subject owns now, as far as the cap of the key allows.
 *
 * @param ownershipEntityRefs - what the subject owns now
 * @param cap - the ownership of the session that the key was made in, if that had less than its user; undefined for no cap
 * @public
 */
export function effectiveOwnership(
  ownershipEntityRefs: readonly string[],
  cap: readonly string[] | undefined,
): string[] {
  const owned = new Set(ownershipEntityRefs.map(canonicalEntityRef));
  if (!cap) return [...owned];
  const capped = new Set(cap.map(canonicalEntityRef));
  return [...owned].filter(ref => capped.has(ref));
}
