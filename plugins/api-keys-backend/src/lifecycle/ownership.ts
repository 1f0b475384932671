import { groupsAmong } from './groups';
import {
  canonicalEntityRef,
  effectiveOwnership,
} from 'backstage-plugin-api-keys-node/internal';

/** Entity refs that are owned: through the session that creates a key, and by the subject of the key in general. */
export type SessionOwnership = {
  session: readonly string[];
  subject: readonly string[];
};

/**
 * Returns the cap of a new key, which never owns more than the session that creates it: undefined if the session has all that the
 * key would own. A cap is never widened.
 *
 * @param cap - that of the predecessor; undefined for none
 */
export function resolveOwnershipCap(
  { session, subject }: SessionOwnership,
  cap?: readonly string[],
): string[] | undefined {
  const owned = effectiveOwnership(subject, cap);
  const lacks = effectiveOwnership(owned, session).length < owned.length;
  return lacks ? effectiveOwnership(session, cap) : cap && [...cap];
}

/** Returns the refs that the session owns and the new key does not. */
export function missingOwnership(
  { session, subject }: SessionOwnership,
  cap?: readonly string[],
): string[] {
  const owned = new Set(effectiveOwnership(subject, cap));
  return effectiveOwnership(session, undefined)
    .filter(ref => !owned.has(ref))
    .sort();
}

/** Checks whether the session and a key of its user own the same. */
export function ownsTheSame(
  ownership: SessionOwnership,
  cap?: readonly string[],
): boolean {
  const owned = effectiveOwnership(ownership.subject, cap);
  return (
    effectiveOwnership(owned, ownership.session).length === owned.length &&
    missingOwnership(ownership, cap).length === 0
  );
}

/** Returns the groups of the session and of the subject. Policies of groups apply to both. */
export function groupsOf({ session, subject }: SessionOwnership): string[] {
  return groupsAmong([
    ...new Set([...session, ...subject].map(canonicalEntityRef)),
  ]);
}
