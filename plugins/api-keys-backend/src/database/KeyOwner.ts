import { PolicyBounds } from '../lifecycle/bounds';
import { OwnerOverride } from '../lifecycle/policy';

/** What is known of somebody who has keys. */
export type KeyOwner = {
  /** Entity ref. */
  ref: string;
  /** The groups that the owner was seen to be in last. */
  memberOf: readonly string[];
  /** What the owner's keys were brought under last; undefined for none yet. */
  bounds?: PolicyBounds;
  /** Since when the catalog does not know the owner, in milliseconds since 1970; undefined for one who is there. */
  missingSince?: number;
};

/** Owners in the order of their refs. */
export type KeyOwnerPageRequest = {
  after?: string;
  limit: number;
  /**
   * Only those of whom it matters whether they are in the catalog: who have keys that are not revoked, or are missing. Or
   * only those who have such keys and have been missing since `missingUntil` or before.
   */
  concerned?: 'by-presence' | 'by-offboarding';
  missingUntil?: number;
};

/** Which owners of a kind the catalog has. */
export type OwnerPresenceChange = {
  kind: string;
  /** Who is back. */
  returned: readonly string[];
  /** Who is missing from now on. */
  vanished: readonly string[];
  /** Whether the catalog was well: the time that it was not does not count for how long somebody has been missing. */
  believed: boolean;
};

/** An override as an admin set it. */
export type StoredOverride = OwnerOverride & {
  /** Milliseconds since 1970. */
  updatedAt: number;
  /** Entity ref. */
  updatedBy: string;
};
