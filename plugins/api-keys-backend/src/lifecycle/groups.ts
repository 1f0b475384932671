import { ownerKindOf } from 'backstage-plugin-api-keys-common';

/** Returns the groups among ownership refs, sorted so that equal sets are written alike. */
export function groupsAmong(refs: readonly string[]): string[] {
  return refs.filter(ref => ownerKindOf(ref) === 'group').sort();
}
