/** One person may leave between two looks, however few there are. */
const DISBELIEVED_FROM = 2;
const DISBELIEVED_SHARE = 1 / 2;

/** What a look into the catalog found, of one kind of owners. */
export type Look = {
  /** Whether the catalog has any entity of this kind, be it an owner of keys or not. */
  hasAny: boolean;
  /** How many owners it has. */
  present: number;
  /** How many it had at the look before and has no more. */
  vanished: number;
};

/** Whether so many owners at once are the doing of the catalog, or of what feeds it, and not of each of them. */
export function isMassEvent(concerned: number, all: number): boolean {
  return concerned >= DISBELIEVED_FROM && concerned > all * DISBELIEVED_SHARE;
}

/**
 * Why a look is not to be believed, because something is wrong with the catalog, such as a provider of users that lost its
 * connection and let them all go; undefined for one that is to be believed.
 *
 * Nobody is taken for missing then, and nothing is lost: the keys of whoever is not in the catalog are refused when they sign
 * in there.
 */
export function reasonForDisbelief({
  hasAny,
  present,
  vanished,
}: Look): string | undefined {
  if (!hasAny) return 'it has none at all';
  const known = present + vanished;
  return isMassEvent(vanished, known)
    ? `${vanished} of ${known} owners of API keys vanished at once`
    : undefined;
}
