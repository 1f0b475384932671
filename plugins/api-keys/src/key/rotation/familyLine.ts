import { ApiKey } from 'backstage-plugin-api-keys-common';

/** A key in the line of rotated keys. */
export type FamilyMember = {
  apiKey: ApiKey;
  /** Set if the key still works and was used after its successor came into use. */
  stillUsed: boolean;
  /** Successors that were replaced before their first use, each with its own successors. */
  dropped: FamilyMember[];
};

/**
 * Orders a rotation family from the oldest to the newest key. Keys outside the line are nested under their predecessor.
 * No key is dropped, even if the family is incomplete or inconsistent.
 */
export function familyLine(keys: readonly ApiKey[]): FamilyMember[] {
  const byAge = [...keys].sort(
    (a, b) =>
      a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id),
  );
  const byId = new Map(byAge.map(key => [key.id, key]));
  const placed = new Set<string>();

  const lineFrom = (start: ApiKey): FamilyMember[] => {
    const line: FamilyMember[] = [];
    let next: ApiKey | undefined = start;
    while (next && !placed.has(next.id)) {
      const apiKey: ApiKey = next;
      placed.add(apiKey.id);
      const successor = byId.get(apiKey.successorId ?? '');
      const dropped = byAge
        .filter(key => key.predecessorId === apiKey.id && key !== successor)
        .filter(key => !placed.has(key.id))
        .flatMap(lineFrom);
      line.push({ apiKey, stillUsed: isStillUsed(apiKey, successor), dropped });
      next = successor;
    }
    return line;
  };

  const isEldest = ({ predecessorId }: ApiKey) =>
    !byId.has(predecessorId ?? '');
  return [...byAge.filter(isEldest), ...byAge].flatMap(lineFrom);
}

function isStillUsed(
  { status, lastUsedAt }: ApiKey,
  successor: ApiKey | undefined,
): boolean {
  return (
    status === 'retiring' &&
    lastUsedAt !== null &&
    successor !== undefined &&
    Date.parse(lastUsedAt) > Date.parse(successor.createdAt)
  );
}
