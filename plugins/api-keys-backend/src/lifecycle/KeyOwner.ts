import { EnforcedLimits } from './limits';
import { OwnerIdentity } from './ownerIdentity';
import { OwnerOverride } from './policy';

/** Stored data about an owner of keys. */
export type KeyOwner = {
  /** Entity ref. */
  ref: string;
  /** The owner's groups, as seen last. */
  memberOf: readonly string[];
  /** Limits that were last applied to the owner's keys; undefined for none yet. */
  bounds?: EnforcedLimits;
  /** Time since which the catalog does not have the owner, in milliseconds since 1970; undefined while it has. */
  missingSince?: number;
  /** Last time at which the catalog had an owner who is missing now. Unlike `missingSince`, it does not leave out outages. */
  absentSince?: number;
  /** Identity according to the catalog; undefined before the first look. */
  identity?: OwnerIdentity;
  /** Time since which the owner may be another person or group, which has to be confirmed; undefined if there is no doubt. */
  unconfirmedSince?: number;
  /** Time at which the end of the owner's offline sessions was requested, until they have ended. */
  sessionEndRequestedAt?: number;
};

/** An owner in a list. */
export type ListedKeyOwner = KeyOwner & {
  /** True if there are keys that are not revoked. */
  hasKeys: boolean;
};

/** A new finding about an owner's identity. `by` is the entity ref of the user who decided. */
export type OwnerIdentityChange =
  /** The owner is unchanged, with new knowledge about the identity, or is now confirmed. */
  | { type: 'learned'; identity: OwnerIdentity }
  /** Possibly another person or group, to be confirmed. The known identity stays. */
  | { type: 'unconfirmed' }
  | { type: 'confirmed'; identity: OwnerIdentity; by: string }
  /** Another person or group: the keys end. */
  | { type: 'replaced'; identity: OwnerIdentity; by?: string };

/** Looks into the catalog for one kind of owners. Times are milliseconds since 1970. */
export type CatalogCheck = {
  /** Time of the last look that passed the sanity check. */
  believedAt?: number;
  /** Time of the last look at which most owners were new entities. */
  massChangeAt?: number;
};

/** A page of owners, sorted by ref. */
export type KeyOwnerPageRequest = {
  after?: string;
  limit: number;
  /** Only owners with keys that are not revoked who have been missing at least since then. */
  missingUntil?: number;
  /** Only those of these owners who have to be confirmed. */
  unconfirmedAmong?: readonly string[];
  /** Only owners whose offline sessions have to be ended. */
  sessionEndRequested?: true;
};

/** Changes in which owners of a kind the catalog has. */
export type OwnerPresenceChange = {
  kind: string;
  /** Owners who are back. */
  returned: readonly string[];
  /** Owners who are missing from now on. */
  vanished: readonly string[];
  /**
   * True if the look passed the sanity check. The time of failed checks does not count towards how long an owner has been
   * missing.
   */
  believed: boolean;
};

/** An override as set by an admin. */
export type StoredOverride = OwnerOverride & {
  /** Milliseconds since 1970. */
  updatedAt: number;
  /** Entity ref. */
  updatedBy: string;
};
