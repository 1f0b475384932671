/** Whether an entity ref is one of a group. */
export function isGroup(ref: string): boolean {
  return ref.startsWith('group:');
}

/** Whether an entity ref is one of a kind that has keys. */
export function canOwnKeys(ref: string): boolean {
  return /^(user|group):/.test(ref);
}

/** The groups among ownership refs, in an order of their own. */
export function groupsAmong(refs: readonly string[]): string[] {
  return refs.filter(isGroup).sort();
}
