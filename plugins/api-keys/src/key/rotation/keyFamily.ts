import { ApiKey } from 'backstage-plugin-api-keys-common';

/** A key in the line of keys that took each other's place. */
export type FamilyMember = {
  apiKey: ApiKey;
  /** It was used although there is a key in its place, and still works: somebody has not changed over. */
  stillUsed: boolean;
  /** Keys that were to take its place, and were replaced before that came to be; each with what came of it. */
  dropped: FamilyMember[];
};

/**
 * The keys of a rotation family from the eldest to the newest, in one line. What did not become part of the line hangs on the
 * key that it was made from. No key is left out, be the family incomplete or in disorder.
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
