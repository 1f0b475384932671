import { ApiKey, ApiKeyAccessRestriction, ApiKeyStatus } from './types';

/**
 * What to make a key of. At most one of `expiresAt` and `expiresIn`; with neither, the policy's default applies.
 *
 * @public
 */
export type CreateApiKeyRequest = {
  name: string;
  description?: string;
  /** Entity ref: the caller, who it is if left out, or one of the caller's groups, as which the key then acts. */
  owner?: string;
  /** ISO 8601 with a time zone; `null` asks for a key without expiry, which a policy may allow. */
  expiresAt?: string | null;
  /** ISO 8601 duration from now. */
  expiresIn?: string;
  /** ISO 8601 duration; `null` asks for none, which a policy may allow. */
  inactivityTimeout?: string | null;
  /**
   * All that the key may be used for; everything that its subject may do if left out. An empty list, which takes `scopes`, is for a
   * key that is for nothing in Backstage.
   */
  accessRestrictions?: ApiKeyAccessRestriction[];
  /** Networks (CIDR) that the key may be used from; everywhere if left out. */
  allowedIps?: string[];
  /** What the key is for in services outside of Backstage: some of the policy's `scopes`. */
  scopes?: string[];
};

/**
 * What to find out about a key: whether it may be used for a plugin, and there for a permission.
 *
 * @public
 */
export type CheckApiKeyRequest = {
  /** The id of a plugin. */
  plugin: string;
  /** The name of one of the plugin's permissions; without it, the question is whether the plugin may be called. */
  permission?: string;
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
 * When an admin wants a key to end: ISO 8601 with a time zone, or `null` for never, within the policy of its owner.
 *
 * @public
 */
export type SetApiKeyExpiryRequest = { expiresAt: string | null };

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
  /** Entity ref: only the keys of this owner, the caller or one of the caller's groups. */
  owner?: string;
  /** Only keys of this rotation lineage. */
  familyId?: string;
  orderBy?: ApiKeyOrder;
  /** 1 to {@link API_KEY_PAGE_SIZE_MAX}; {@link API_KEY_PAGE_SIZE_DEFAULT} if left out. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. The other fields have to be the same as then. */
  cursor?: string;
};

/**
 * Keys that have all of this.
 *
 * @public
 */
export type ApiKeyFilter = {
  /** Entity ref. */
  owner?: string;
  /** In one of these states. */
  status?: ApiKeyStatus[];
  /** With this text in their name, description or hint; upper and lower case are alike. */
  q?: string;
  /** ISO 8601: expire then or later. */
  expiresFrom?: string;
  /** ISO 8601: expire before then. */
  expiresBefore?: string;
  /** ISO 8601: neither used nor made since then. */
  unusedSince?: string;
  neverUsed?: boolean;
  withoutExpiry?: boolean;
  /** ISO 8601: made before then. */
  createdBefore?: string;
  /** ISO 8601: revoked then or later. */
  revokedSince?: string;
  /** `2026-11-24`: used on this day in UTC. */
  usedOn?: string;
  /** Not revoked, and under a policy that gives them less than their maker asked for. */
  cutShort?: boolean;
  /** Of owners whom the catalog does not know, as of the last look, which is taken every five minutes. */
  ownerMissing?: boolean;
  /** Only keys of owners who have to be confirmed; false for those of all others. */
  ownerUnconfirmed?: boolean;
  /** ISO 8601: of rotation lineages of which a rotated-out secret was presented then or later. */
  rotatedOutSeenSince?: string;
  /** Without access restrictions: they may do everything that their subject may do. */
  unrestricted?: boolean;
  /** Carrying this scope. */
  scope?: string;
};

/**
 * Which of everybody's keys to list, and how.
 *
 * @public
 */
export type ListAllApiKeysRequest = ApiKeyFilter &
  Pick<ListApiKeysRequest, 'orderBy' | 'limit' | 'cursor'>;

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
  'owner:asc',
  'owner:desc',
] as const;

/**
 * One of {@link API_KEY_ORDERS}.
 *
 * @public
 */
export type ApiKeyOrder = (typeof API_KEY_ORDERS)[number];

/**
 * Which keys to revoke at once, and why. Exactly one of `ids` and `filter`.
 *
 * @public
 */
export type RevokeApiKeysRequest = {
  ids?: string[];
  /** At least one field has to be given. */
  filter?: ApiKeyFilter;
  reason: 'admin' | 'leaked' | 'offboarded' | 'policy';
  /** Look at so many keys at most, the eldest first; ask again for the rest, until fewer than these are `matched`. */
  limit?: number;
  /** Only tell what would be revoked, and what beside it. */
  dryRun?: boolean;
};

/**
 * Keys that end beside those that were asked for: what these made of themselves and, after a leak, the rest of the family.
 *
 * @public
 */
export type AlsoRevokedApiKeys = {
  /** The first ones, without those that the caller may not see. */
  items: Pick<
    ApiKey,
    | 'id'
    | 'name'
    | 'hint'
    | 'owner'
    | 'createdAt'
    | 'predecessorId'
    | 'rotatedBy'
  >[];
  totalItems: number;
};

/**
 * What revoking a key would end beside it.
 *
 * @public
 */
export type ApiKeyRevocation = { alsoRevoked: AlsoRevokedApiKeys };

/**
 * What became of {@link RevokeApiKeysRequest}.
 *
 * @public
 */
export type RevokeApiKeysResult = {
  /** Keys that fit and were not revoked before. */
  matched: number;
  revoked: number;
  alsoRevoked: AlsoRevokedApiKeys;
};

/**
 * Which keys to give to a group. Exactly one of `ids` and `filter`.
 *
 * @public
 */
export type TransferApiKeysRequest = {
  ids?: string[];
  /** At least one field has to be given, and 1000 keys may fit at most. */
  filter?: ApiKeyFilter;
  /** Entity ref of the group that the keys are to belong to and to act as. */
  owner: string;
  /** Only tell what would be transferred and what would be refused. */
  dryRun?: boolean;
};

/**
 * What became of {@link TransferApiKeysRequest}.
 *
 * @public
 */
export type TransferApiKeysResult = {
  /** Keys that were asked for and that the caller may see. Of a filter, only those that have not ended. */
  matched: number;
  /** How many of them belong to the group now. The other keys of their rotation lineages went with them. */
  transferred: number;
  /** The first 100 of the keys that were not transferred. */
  refused: {
    id: string;
    /** A sentence without a full stop. */
    reason: string;
  }[];
};
