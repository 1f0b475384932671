/** Data that distinguishes an owner from another person or group with the same entity ref. */
export type OwnerIdentity = {
  /** `metadata.uid`. A hint only: it survives a takeover of the entity, and changes when the entity is ingested again. */
  uid?: string;
  /** Ids from identity providers, by annotation. */
  ids: Readonly<Record<string, string>>;
};

/** Ids decide if both sides have one of the same provider; otherwise entities do. */
export type IdentityComparison =
  | 'same-id'
  | 'other-id'
  | 'same-entity'
  | 'other-entity';

/**
 * Compares the known identity of an owner with that in the catalog.
 *
 * @param annotations - those that hold ids; the first one that both sides have decides
 */
export function compareIdentities(
  known: OwnerIdentity | undefined,
  seen: OwnerIdentity,
  annotations: readonly string[],
): IdentityComparison {
  if (!known) return 'same-entity';
  const shared = annotations.find(
    annotation =>
      known.ids[annotation] !== undefined && seen.ids[annotation] !== undefined,
  );
  if (shared !== undefined) {
    return known.ids[shared] === seen.ids[shared] ? 'same-id' : 'other-id';
  }
  const isSame =
    known.uid === undefined || seen.uid === undefined || known.uid === seen.uid;
  return isSame ? 'same-entity' : 'other-entity';
}

/** Returns the known identity of an unchanged owner after a look into the catalog. An id that has gone stays known. */
export function mergeIdentities(
  known: OwnerIdentity | undefined,
  seen: OwnerIdentity,
): OwnerIdentity {
  return {
    uid: seen.uid ?? known?.uid,
    ids: { ...known?.ids, ...seen.ids },
  };
}

/** Canonical text of an identity for the database: two identities are equal if their texts are. */
export function serializeIdentity({ uid, ids }: OwnerIdentity): string {
  const sorted = Object.entries(ids).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({ uid, ids: Object.fromEntries(sorted) });
}

export function isSameIdentity(
  one: OwnerIdentity | undefined,
  other: OwnerIdentity | undefined,
): boolean {
  if (!one || !other) return one === other;
  return serializeIdentity(one) === serializeIdentity(other);
}
