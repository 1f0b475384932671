import {
  ApiKeyAccessRestriction,
  ApiKeyRevokedReason,
} from 'backstage-plugin-api-keys-common';

/** Who rotated the predecessor of a key: its owner in person, or the predecessor itself by its secret alone. */
export type RotatedBy = 'owner' | 'key';

/** A key as the backend holds it. Times are milliseconds since 1970, durations are milliseconds. */
export type ApiKeyRecord = {
  id: string;
  name: string;
  description?: string;
  owner: string;
  /** Since when the catalog does not know the owner. Only a key that was found by its secret or its id tells. */
  ownerMissingSince?: number;
  /** Since when the owner has to be confirmed. Known as the former is. */
  ownerUnconfirmedSince?: number;
  /** When somebody else was found to have the owner's entity ref. The key is no longer shown to who has it. */
  ownerReplacedAt?: number;
  subject: string;
  createdBy: string;
  createdAt: number;
  /** What holds today: what was asked for, as far as the policy of the owner allows. */
  expiresAt?: number;
  inactivityTimeout?: number;
  /** What its maker asked for. */
  requestedExpiresAt?: number;
  requestedInactivityTimeout?: number;
  /**
   * The length of life that a person chose last for the key or for the one that it was rotated from. Infinity is without end;
   * left out for a key of an older version, whose `requestedExpiresAt` tells it.
   */
  chosenLifetime?: number;
  keptAliveAt?: number;
  /** Of a successor: when it was first accepted, and so ended its predecessor. */
  firstUsedAt?: number;
  lastUsedAt?: number;
  lastUsedIp?: string;
  lastUsedUserAgent?: string;
  useCount: number;
  revokedAt?: number;
  revokedBy?: string;
  revokedReason?: ApiKeyRevokedReason;
  hint: string;
  familyId: string;
  predecessorId?: string;
  /** Undefined without a predecessor, and where an older version did not keep it. */
  rotatedBy?: RotatedBy;
  successorId?: string;
  overlapEndsAt?: number;
  accessRestrictions?: ApiKeyAccessRestriction[];
  allowedIps?: string[];
  /** What it is for in services outside of Backstage. */
  scopes?: string[];
  /** Ids of the plugins that the policy of the owner forbids, without those of the configuration. */
  forbiddenPlugins?: string[];
  /** What it may own at most, as canonical entity refs: undefined is all that its subject owns. */
  ownershipCap?: string[];
};

/** What of a key decides whether it is accepted, and for what. */
export type JudgedKey = Pick<
  ApiKeyRecord,
  | 'id'
  | 'owner'
  | 'ownerMissingSince'
  | 'ownerUnconfirmedSince'
  | 'ownerReplacedAt'
  | 'subject'
  | 'createdAt'
  | 'expiresAt'
  | 'inactivityTimeout'
  | 'keptAliveAt'
  | 'firstUsedAt'
  | 'lastUsedAt'
  | 'revokedAt'
  | 'revokedReason'
  | 'familyId'
  | 'predecessorId'
  | 'overlapEndsAt'
  | 'accessRestrictions'
  | 'allowedIps'
  | 'scopes'
  | 'forbiddenPlugins'
  | 'ownershipCap'
>;
