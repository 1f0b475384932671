/** A single owner may leave between two lookups, however few owners there are. */
const MASS_DISAPPEARANCE_MIN = 2;
const MASS_DISAPPEARANCE_SHARE = 1 / 2;

/** Result of a lookup in the catalog for one kind of owners. */
export type CatalogSnapshot = {
  /** True if the catalog has any entity of this kind, even one that owns no keys. */
  hasAny: boolean;
  /** Number of owners that it has. */
  present: number;
  /** Number of owners that it had at the previous lookup and has no longer. */
  vanished: number;
};

/** Returns true if so many owners changed at once that the catalog or its providers must be the cause, not each of them. */
export function isMassEvent(concerned: number, all: number): boolean {
  return (
    concerned >= MASS_DISAPPEARANCE_MIN &&
    concerned > all * MASS_DISAPPEARANCE_SHARE
  );
}

/**
 * Returns why a lookup is implausible, which points to a fault in the catalog, such as a provider of users that lost its
 * connection and deleted them all; undefined for a plausible one.
 *
 * No owner is then marked as missing. That is safe: keys of owners without an entity are refused when they sign in.
 */
export function findImplausibility({
  hasAny,
  present,
  vanished,
}: CatalogSnapshot): string | undefined {
  if (!hasAny) return 'it has none at all';
  const known = present + vanished;
  return isMassEvent(vanished, known)
    ? `${vanished} of ${known} owners of API keys vanished at once`
    : undefined;
}
