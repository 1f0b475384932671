import { JsonObject } from '@backstage/types';

/**
 * What a key is good for right now. Derived, never stored.
 *
 * - `active`: accepted.
 * - `retiring`: rotated, and still accepted until its successor is first used or the overlap ends.
 * - `inactive`: refused, because it was not used for its inactivity timeout.
 * - `expired`: refused, because its expiry has passed.
 * - `revoked`: refused, because somebody (or the lifecycle) ended it.
 *
 * @public
 */
export type ApiKeyStatus =
  | 'active'
  | 'retiring'
  | 'inactive'
  | 'expired'
  | 'revoked';

/**
 * Every {@link ApiKeyStatus}, in the order in which a page lists them.
 *
 * @public
 */
export const API_KEY_STATUSES = [
  'active',
  'retiring',
  'inactive',
  'expired',
  'revoked',
] as const satisfies readonly ApiKeyStatus[];

/**
 * Why a key was revoked.
 *
 * @public
 */
export type ApiKeyRevokedReason =
  | 'owner'
  | 'admin'
  | 'leaked'
  | 'rotated'
  | 'superseded'
  | 'offboarded'
  | 'policy';

/**
 * One thing that a restricted key may be used for, in the words of Backstage's
 * {@link https://backstage.io/docs/auth/service-to-service-auth#access-restrictions | access restrictions}.
 *
 * @public
 */
export type ApiKeyAccessRestriction = {
  /** The id of the plugin that the key may call. */
  plugin: string;
  /** Only these permissions of the plugin, by name. */
  permission?: string[];
  /** Only permissions with these attributes. */
  permissionAttribute?: {
    action?: ('create' | 'read' | 'update' | 'delete')[];
  };
};

/**
 * An API key as the HTTP API shows it. The secret is not part of it and cannot be read back.
 *
 * Times are ISO 8601 in UTC, durations are ISO 8601 (`P90D`), entities are full refs (`user:default/ada`).
 * What does not apply (no expiry, never used, not revoked, …) is `null`.
 *
 * @public
 */
export type ApiKey = {
  id: string;
  name: string;
  description: string | null;
  /** Who may manage the key. */
  owner: string;
  /** Who a request with the key acts as. */
  subject: string;
  /** Who made it. */
  createdBy: string;
  createdAt: string;
  expiresAt: string | null;
  /** A key unused for this long stops working. */
  inactivityTimeout: string | null;
  /** When that will be, if the key is not used before. */
  inactiveAt: string | null;
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  lastUsedUserAgent: string | null;
  /** Accepted uses so far. */
  useCount: number;
  status: ApiKeyStatus;
  revokedAt: string | null;
  revokedBy: string | null;
  revokedReason: ApiKeyRevokedReason | null;
  /** The last four characters of the secret, to tell keys apart. */
  hint: string;
  /** The rotation lineage that the key belongs to. */
  familyId: string;
  /** The key that this one replaced. */
  predecessorId: string | null;
  /** The key that replaced this one. */
  successorId: string | null;
  /** Until when a retiring key is accepted at most. */
  overlapEndsAt: string | null;
  /** What the key may be used for; `null` is everything that its subject may do. */
  accessRestrictions: ApiKeyAccessRestriction[] | null;
  /** Networks (CIDR) that the key may be used from; `null` is everywhere. */
  allowedIps: string[] | null;
};

/**
 * The answer to making a key: the only one that ever carries a secret.
 *
 * @public
 */
export type CreatedApiKey = {
  key: ApiKey;
  /** `bsk_…`: shown once, stored only as a digest. */
  secret: string;
};

/**
 * What to make a key of. At most one of `expiresAt` and `expiresIn`; with neither, the policy's default applies.
 *
 * @public
 */
export type CreateApiKeyRequest = {
  name: string;
  description?: string;
  /** ISO 8601 with a time zone; `null` asks for a key without expiry, which a policy may allow. */
  expiresAt?: string | null;
  /** ISO 8601 duration from now. */
  expiresIn?: string;
  /** ISO 8601 duration; `null` asks for none, which a policy may allow. */
  inactivityTimeout?: string | null;
};

/**
 * What to change on a key. `expiresAt` can only be moved earlier.
 *
 * @public
 */
export type UpdateApiKeyRequest = {
  name?: string;
  /** `null` removes the description. */
  description?: string | null;
  expiresAt?: string;
};

/**
 * How to replace a key by a new one.
 *
 * @public
 */
export type RotateApiKeyRequest = {
  /** ISO 8601 duration; as long as the old key was made for if left out. */
  expiresIn?: string;
  /**
   * Until when the old key works: until the new one is first used (at most for `apiKeys.rotation.maxOverlap`), which is the
   * default, or not at all.
   */
  overlap?: 'until-first-use' | 'immediately';
};

/**
 * Which keys to list, and how.
 *
 * @public
 */
export type ListApiKeysRequest = {
  /** Only keys in one of these states. */
  status?: ApiKeyStatus[];
  /** Only keys with this text in their name, description or hint; upper and lower case are alike. */
  q?: string;
  orderBy?: ApiKeyOrder;
  /** 1 to {@link API_KEY_PAGE_SIZE_MAX}; {@link API_KEY_PAGE_SIZE_DEFAULT} if left out. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. The other fields have to be the same as then. */
  cursor?: string;
};

/**
 * The orders in which keys can be listed. Keys without the value (never used, no expiry) come last.
 *
 * @public
 */
export const API_KEY_ORDERS = [
  'createdAt:desc',
  'createdAt:asc',
  'expiresAt:asc',
  'expiresAt:desc',
  'lastUsedAt:desc',
  'lastUsedAt:asc',
  'name:asc',
  'name:desc',
] as const;

/**
 * One of {@link API_KEY_ORDERS}.
 *
 * @public
 */
export type ApiKeyOrder = (typeof API_KEY_ORDERS)[number];

/**
 * One page of a list.
 *
 * @public
 */
export type ApiKeyPage = {
  items: ApiKey[];
  /** How many there are over all pages. */
  totalItems: number;
  pageInfo: { nextCursor?: string };
};

/**
 * Which keys to revoke at once, and why. Exactly one of `ids` and `filter`.
 *
 * @public
 */
export type RevokeApiKeysRequest = {
  ids?: string[];
  /** Every key that has all of this; at least one has to be given. */
  filter?: {
    /** Entity ref. */
    owner?: string;
    status?: ApiKeyStatus[];
    q?: string;
  };
  reason: 'admin' | 'leaked' | 'offboarded' | 'policy';
  /** Only count what would be revoked. */
  dryRun?: boolean;
};

/**
 * What became of {@link RevokeApiKeysRequest}.
 *
 * @public
 */
export type RevokeApiKeysResult = {
  /** Keys that fit and were not revoked before. */
  matched: number;
  revoked: number;
};

/**
 * Which events to list.
 *
 * @public
 */
export type ListApiKeyEventsRequest = {
  category?: ApiKeyEventCategory;
  type?: string;
  keyId?: string;
  /** Entity ref. */
  owner?: string;
  /** Entity ref. */
  actor?: string;
  /** ISO 8601: from then on. */
  from?: string;
  /** ISO 8601: before then. */
  to?: string;
  limit?: number;
  cursor?: string;
};

/**
 * What kind of thing an event is: a change that somebody made, something that security people should look at, or a failure.
 *
 * @public
 */
export type ApiKeyEventCategory = 'AUDIT' | 'SECURITY' | 'ERROR';

/**
 * Something that happened to a key.
 *
 * @public
 */
export type ApiKeyEvent = {
  id: string;
  /** ISO 8601 in UTC. */
  at: string;
  category: ApiKeyEventCategory;
  /** `created`, `updated`, `rotated`, `first-used`, `kept-alive`, `revoked`; more may come. */
  type: string;
  keyId: string;
  owner: string;
  /** Entity ref of who did it. */
  actor: string | null;
  /** What is to be said of it, by type. */
  details: JsonObject;
};

/**
 * One page of events, latest first.
 *
 * @public
 */
export type ApiKeyEventPage = {
  items: ApiKeyEvent[];
  /** How many there are over all pages. */
  totalItems: number;
  pageInfo: { nextCursor?: string };
};

/**
 * The limits that new keys of the caller are held to.
 *
 * @public
 */
export type ApiKeyPolicy = {
  lifetime: {
    /** ISO 8601 duration: what a key gets that asks for nothing. */
    default: string;
    /** ISO 8601 duration: the longest that a key with an expiry may live. */
    max: string;
    /** Whether a key without expiry may be made. */
    allowUnlimited: boolean;
  };
  inactivity: {
    /** ISO 8601 duration: what a key gets that asks for nothing; `null` is none. */
    default: string | null;
    /** ISO 8601 duration: the longest that a key may have; `null` is no limit. */
    max: string | null;
  };
  limits: {
    /** How many active keys an owner may have at a time. */
    keysPerOwner: number;
    /** How many the caller has. */
    keysInUse: number;
  };
  /** What secrets start with. */
  secretPrefix: string;
};

/**
 * Why a request with the right secret of a known key was refused, as it appears in error messages and
 * `WWW-Authenticate`.
 *
 * @public
 */
export type ApiKeyRefusal = Extract<
  ApiKeyStatus,
  'inactive' | 'expired' | 'revoked'
>;
