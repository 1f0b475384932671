import { PolicyBounds } from '../lifecycle/bounds';
import { OwnerIdentity } from '../lifecycle/ownerIdentity';
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
  /** When the catalog had the owner last, of one who is missing. Unlike `missingSince`, no time is left out. */
  absentSince?: number;
  /** Who it is, as far as the catalog has told; undefined for an owner of whom no look has told yet. */
  identity?: OwnerIdentity;
  /** Since when the owner may be somebody else than before, which a person has to say; undefined where there is no doubt. */
  unconfirmedSince?: number;
  /** When the owner's offline sessions were to end, as long as they have not. */
  sessionEndRequestedAt?: number;
};

/** An owner in a list. */
export type ListedKeyOwner = KeyOwner & {
  /** Whether there are keys that are not revoked. */
  hasKeys: boolean;
};

/** What was found out about who an owner is. `by` is the entity ref of who said so. */
export type OwnerIdentityChange =
  /** The same as before, of whom something new is known; or who needs not be confirmed any more. */
  | { type: 'learned'; identity: OwnerIdentity }
  /** Perhaps somebody else: to be confirmed. What was known before stays. */
  | { type: 'unconfirmed' }
  | { type: 'confirmed'; identity: OwnerIdentity; by: string }
  /** Somebody else: the keys end. */
  | { type: 'replaced'; identity: OwnerIdentity; by?: string };

/** The looks into the catalog for one kind of owners. Times are milliseconds since 1970. */
export type CatalogLook = {
  /** The last one that was believed. */
  believedAt?: number;
  /** The last one at which most owners were new entities. */
  massChangeAt?: number;
};

/** Owners in the order of their refs. */
export type KeyOwnerPageRequest = {
  after?: string;
  limit: number;
  /** Only those who have keys that are not revoked and have been missing since then or before. */
  missingUntil?: number;
  /** Only those of these who have to be confirmed. */
  unconfirmedAmong?: readonly string[];
  /** Only those whose offline sessions have to be ended. */
  sessionEndRequested?: true;
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
