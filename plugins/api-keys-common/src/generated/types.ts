// Generated from openapi.yaml by `yarn openapi`. Do not edit.
import { JsonObject } from '@backstage/types';

/**
 * State of a key, derived whenever it is read. `active` is accepted. `retiring` was rotated and is
 * accepted until its successor is first used or the overlap ends. `inactive` is refused, since it was
 * not used for its inactivity timeout. `expired` and `revoked` are refused.
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
 * Reason for which a key was revoked.
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
 * Order of a list of keys. Keys without the value (never used, no expiry) come last.
 *
 * @public
 */
export type ApiKeyOrder =
  | 'createdAt:desc'
  | 'createdAt:asc'
  | 'expiresAt:asc'
  | 'expiresAt:desc'
  | 'lastUsedAt:desc'
  | 'lastUsedAt:asc'
  | 'name:asc'
  | 'name:desc'
  | 'owner:asc'
  | 'owner:desc';

/**
 * A change that somebody made, something that security people should look at, or a failure.
 *
 * @public
 */
export type ApiKeyEventCategory = 'AUDIT' | 'SECURITY' | 'ERROR';

/**
 * One thing that a restricted key may be used for, in the words of Backstage's access restrictions.
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
    action: ('create' | 'read' | 'update' | 'delete')[];
  };
};

/**
 * An API key. The secret is not part of it and cannot be read back.
 *
 * @public
 */
export type ApiKey = {
  id: string;
  /** Keys of older versions may have names that are refused today. */
  name: string;
  description: string | null;
  /** Entity ref of the user or group who may manage the key. */
  owner: string;
  /** Entity ref that requests with the key act as. */
  subject: string;
  /** Entity ref of the user who created the key. */
  createdBy: string;
  createdAt: string;
  /** When the key ends; `null` is never. */
  expiresAt: string | null;
  /** A key unused for this long stops working; `null` is no limit. */
  inactivityTimeout: string | null;
  /** When the key stops working unless it is used; `null` is never. */
  inactiveAt: string | null;
  /** When the key was last used; `null` is never. */
  lastUsedAt: string | null;
  lastUsedIp: string | null;
  lastUsedUserAgent: string | null;
  /** Accepted uses so far. */
  useCount: number;
  status: ApiKeyStatus;
  /** When the key was revoked; `null` if it was not. */
  revokedAt: string | null;
  /** Entity ref. */
  revokedBy: string | null;
  revokedReason: ApiKeyRevokedReason | null;
  /** The last four characters of the secret, to tell keys apart. */
  hint: string;
  /** The rotation lineage that the key belongs to. */
  familyId: string;
  /** The key that this one replaced. */
  predecessorId: string | null;
  /**
   * Who rotated the predecessor: a person, or the predecessor itself (`POST /v1/self/rotate`), with
   * whose revocation this key ends. `null` without a predecessor, and where an older version did not
   * keep it; then it counts as `key`.
   */
  rotatedBy: ApiKeyRotatedBy | null;
  /** The key that replaced this one. */
  successorId: string | null;
  /** Until when a retiring key is accepted at most. */
  overlapEndsAt: string | null;
  /** What the key may be used for; `null` is everything that its subject may do. */
  accessRestrictions: ApiKeyAccessRestriction[] | null;
  /** Networks (CIDR) that the key may be used from; `null` is everywhere. */
  allowedIps: string[] | null;
  /** What the key is for in services outside of Backstage, where these are asked for by name. */
  scopes: string[];
  /**
   * What the key owns at most, whatever its subject owns: the session that made it had less than its
   * user. `null` is no cap.
   */
  ownershipCap: string[] | null;
};

/**
 * One page of a list of keys.
 *
 * @public
 */
export type ApiKeyPage = {
  items: ApiKey[];
  /** How many there are over all pages, up to 10 000. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: {
    /** The `cursor` of the next page. The last page has none. */
    nextCursor?: string;
  };
};

/**
 * A new key with its secret. No other answer carries a secret.
 *
 * @public
 */
export type CreatedApiKey = {
  key: ApiKey;
  /** Shown once, stored only as a digest. */
  secret: string;
  /**
   * What the caller's session owns and the key does not: requests with the key do not act for these. A
   * sign-in can give to a session what the catalog does not know.
   */
  missingOwnership: string[];
};

/**
 * The limits that new keys of an owner are held to.
 *
 * @public
 */
export type ApiKeyPolicy = {
  /** Whose keys this is about. */
  owner: string;
  /** Who the caller may make keys for. */
  owners: string[];
  lifetime: {
    /** What a key gets that asks for nothing. */
    default: string;
    /** The longest that a key with an expiry may live. */
    max: string;
    /** Whether a key without expiry may be made. */
    allowUnlimited: boolean;
  };
  inactivity: {
    /** What a key gets that asks for nothing; `null` is none. */
    default: string | null;
    /** The longest that a key may have; `null` is no limit. */
    max: string | null;
  };
  limits: {
    /** How many active keys the owner may have at a time. 0 is none, also by rotation. */
    keysPerOwner: number;
    /** How many the owner has. */
    keysInUse: number;
  };
  rotation: {
    /** How long a rotated key may go on working while its successor is not used. */
    maxOverlap: string;
  };
  restrictions: {
    /** Whether every new key has to be restricted to some plugins. */
    required: boolean;
    /** How many plugins a restricted key may list; `null` is no limit. */
    maxPlugins: number | null;
    /**
     * The ids of plugins that no key may be used for, whenever it was made and whatever it is restricted
     * to.
     */
    forbidden: string[];
  };
  /** What keys can be restricted to. */
  plugins: ApiKeyChoosablePlugin[];
  scopes: ApiKeyChoosableScopes;
  sources: ApiKeyPolicySources;
  /** What secrets start with. */
  secretPrefix: string;
  /** Whether a key for the owner would work. The permission policy decides besides. */
  canCreate: boolean;
  /** A sentence that says why no key can be made for the owner; `null` if one can. */
  cannotCreateReason: string | null;
  /** What `missingOwnership` of a new key would be. */
  missingOwnership: string[];
};

/**
 * A plugin that keys can be restricted to.
 *
 * @public
 */
export type ApiKeyChoosablePlugin = {
  pluginId: string;
  /** Those that the plugin asks for; none for a plugin that does not say. */
  permissions: ApiKeyChoosablePermission[];
};

/**
 * A scope that keys can carry, as the configuration offers it.
 *
 * @public
 */
export type ApiKeyScope = {
  name: string;
  /** What it is called for people; `null` if it has no other name. */
  title: string | null;
  /** What it opens. */
  description: string | null;
};

/**
 * The scopes that new keys can carry.
 *
 * @public
 */
export type ApiKeyChoosableScopes = {
  configured: ApiKeyScope[];
  /**
   * Whether every API of the catalog is one too, by its entity ref in lower case,
   * `api:default/petstore`.
   */
  catalogApis: boolean;
};

/**
 * A key that carries a scope, as the owners of the scope see it. They do not see where it was used
 * from.
 *
 * @public
 */
export type ApiKeyScopeHolder = {
  id: string;
  name: string;
  /** Who may manage the key. */
  owner: string;
  /** Who a request with the key acts as. */
  subject: string;
  status: ApiKeyStatus;
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
};

/**
 * One page of the keys that carry a scope.
 *
 * @public
 */
export type ApiKeyScopeHolderPage = {
  items: ApiKeyScopeHolder[];
  /** How many there are over all pages, up to 10 000. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: {
    /** The `cursor` of the next page. The last page has none. */
    nextCursor?: string;
  };
};

/**
 * A permission that keys can be restricted to.
 *
 * @public
 */
export type ApiKeyChoosablePermission = {
  name: string;
  /** What it is for; `null` if it does not say. */
  action: 'create' | 'read' | 'update' | 'delete' | null;
  /** What kind of things it is about; `null` for a permission that is not about one thing. */
  resourceType: string | null;
};

/**
 * Which user or group an admin set a field for, by entity ref; fields that are not there follow the
 * configuration.
 *
 * @public
 */
export type ApiKeyPolicySources = {
  'lifetime.default'?: string;
  'lifetime.max'?: string;
  'lifetime.allowUnlimited'?: string;
  'inactivity.default'?: string;
  'inactivity.max'?: string;
  'limits.keysPerOwner'?: string;
  'restrictions.required'?: string;
  'restrictions.maxPlugins'?: string;
  'restrictions.forbidden'?: string;
};

/**
 * Something that happened to a key.
 *
 * @public
 */
export type ApiKeyEvent = {
  id: string;
  at: string;
  category: ApiKeyEventCategory;
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
  /** How many there are over all pages, up to 10 000. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: {
    /** The `cursor` of the next page. The last page has none. */
    nextCursor?: string;
  };
};

/**
 * Kind of a warning. `expiry` is sent before a key expires, `inactivity` before it stops working
 * because it is not used, and `expired` once it has expired.
 *
 * @public
 */
export type ApiKeyWarningKind = 'expiry' | 'inactivity' | 'expired';

/**
 * A warning that the owner of a key gets, unless something happens to the key before.
 *
 * @public
 */
export type ApiKeyUpcomingWarning = {
  keyId: string;
  keyName: string;
  owner: string;
  kind: ApiKeyWarningKind;
  /** When the key expires or goes inactive. */
  endsAt: string;
  /** From when on it is sent. In the past for what was not sent yet. */
  dueAt: string;
  /** How long before the end, as configured. Null after it. */
  threshold: string | null;
};

/**
 * One page of warnings, soonest first.
 *
 * @public
 */
export type ApiKeyUpcomingWarningPage = {
  items: ApiKeyUpcomingWarning[];
  /** How many there are over all pages, up to 10 000. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: {
    /** The `cursor` of the next page. The last page has none. */
    nextCursor?: string;
  };
};

/**
 * What the keys of an owner are held to.
 *
 * @public
 */
export type ApiKeyPolicyLimits = {
  lifetime: {
    /** What a key gets that asks for nothing. */
    default: string;
    /** The longest that a key with an expiry may live. */
    max: string;
    /** Whether a key without expiry may be made. */
    allowUnlimited: boolean;
  };
  inactivity: {
    /** What a key gets that asks for nothing; `null` is none. */
    default: string | null;
    /** The longest that a key may have; `null` is no limit. */
    max: string | null;
  };
  limits: {
    /** How many active keys the owner may have at a time. 0 is none, also by rotation. */
    keysPerOwner: number;
  };
  restrictions: {
    /** Whether every new key has to be restricted to some plugins. */
    required: boolean;
    /** How many plugins a restricted key may list; `null` is no limit. */
    maxPlugins: number | null;
    /**
     * The ids of plugins that no key may be used for, whenever it was made and whatever it is restricted
     * to.
     */
    forbidden: string[];
  };
};

/**
 * Where a policy differs from the configured one. What is left out is not changed; `null` is none. A
 * maximum lifetime also rules out keys without expiry, unless `allowUnlimited` says otherwise.
 *
 * @public
 */
export type ApiKeyPolicyOverride = {
  lifetime?: {
    default?: string;
    max?: string;
    allowUnlimited?: boolean;
  };
  inactivity?: {
    default?: string | null;
    max?: string | null;
  };
  limits?: {
    /** 0 is no keys. */
    keysPerOwner?: number;
  };
  restrictions?: {
    required?: boolean;
    maxPlugins?: number | null;
    /** In addition to the plugins that the configuration forbids. */
    forbidden?: string[];
  };
};

/**
 * Override that was set for a user or group.
 *
 * @public
 */
export type ApiKeyOwnerOverride = {
  owner: string;
  override: ApiKeyPolicyOverride;
  updatedAt: string;
  updatedBy: string;
};

/**
 * Limits for the keys of everybody, and the overrides that were set for users and groups.
 *
 * @public
 */
export type ApiKeyOwnerPolicies = {
  configured: ApiKeyPolicyLimits;
  items: ApiKeyOwnerOverride[];
  /** How many there are. */
  totalItems: number;
};

/**
 * The policy of a user or group, as admins see it.
 *
 * @public
 */
export type ApiKeyOwnerPolicy = {
  owner: string;
  /**
   * The groups that the owner was seen in last, whose policies count; `null` for an owner of whom no key
   * was made yet.
   */
  memberOf: string[] | null;
  /** What was set for this very owner; `null` for nothing. */
  override: ApiKeyPolicyOverride | null;
  updatedAt: string | null;
  /** Entity ref. */
  updatedBy: string | null;
  effective: ApiKeyPolicyLimits;
  sources: ApiKeyPolicySources;
};

/**
 * The new end of a key, within the policy of its owner; `null` is never.
 *
 * @public
 */
export type SetApiKeyExpiryRequest = {
  expiresAt: string | null;
};

/**
 * Properties of a new key. At most one of `expiresAt` and `expiresIn`; with neither, the policy's
 * default applies.
 *
 * @public
 */
export type CreateApiKeyRequest = {
  name: string;
  description?: string;
  /**
   * Whose key it is, and who it acts as: the caller, who it is if left out, or one of the caller's
   * groups.
   */
  owner?: string;
  /** `null` asks for a key without expiry, which a policy may allow. */
  expiresAt?: string | null;
  /** From now. */
  expiresIn?: string;
  /** `null` asks for none, which a policy may allow. */
  inactivityTimeout?: string | null;
  /**
   * All that the key may be used for; everything that its subject may do if left out. An empty list,
   * which takes `scopes`, is for a key that is for nothing in Backstage.
   */
  accessRestrictions?: ApiKeyAccessRestriction[];
  /** Networks (CIDR) that the key may be used from; everywhere if left out. */
  allowedIps?: string[];
  /** What the key is for in services outside of Backstage, some of the policy's `scopes`. */
  scopes?: string[];
};

/**
 * A plugin, and optionally one of its permissions, that a key may be used for or not.
 *
 * @public
 */
export type CheckApiKeyRequest = {
  /** The id of a plugin. */
  plugin: string;
  /**
   * The name of one of the plugin's permissions; without it, the question is whether the plugin may be
   * called.
   */
  permission?: string;
};

/**
 * Decision on whether a key may be used for a plugin or a permission, and the rule that made it.
 *
 * @public
 */
export type ApiKeyCheck = {
  /** Whether the decision is `allow`. */
  allowed: boolean;
  /** `conditional`: it depends on the thing that it is about, or cannot be told here. */
  decision: 'allow' | 'deny' | 'conditional';
  /** What decided; `status` for a key that is not accepted. */
  rule: 'status' | 'restriction' | 'policy';
  /** A sentence without a full stop. */
  message: string;
};

/**
 * Changes to a key.
 *
 * @public
 */
export type UpdateApiKeyRequest = {
  name?: string;
  /** `null` removes it. */
  description?: string | null;
  /** Can only be moved earlier. */
  expiresAt?: string;
};

/**
 * Properties of the successor of a key.
 *
 * @public
 */
export type RotateApiKeyRequest = {
  /** From now; as long as the old key was made for if left out. */
  expiresIn?: string;
  /** Until when the old key works: until the new one is first used, which is the default, or not at all. */
  overlap?: 'until-first-use' | 'immediately';
};

/**
 * Uses of a key by day and plugin. Days without a use are left out.
 *
 * @public
 */
export type ApiKeyUsage = {
  items: {
    day: string;
    /** Id of the plugin. */
    plugin: string;
    uses: number;
  }[];
};

/**
 * Uses of several keys by day, for all plugins together. Days without a use are left out.
 *
 * @public
 */
export type ApiKeysUsage = {
  items: {
    keyId: string;
    day: string;
    uses: number;
  }[];
};

/**
 * Keys that match every field.
 *
 * @public
 */
export type ApiKeyFilter = {
  owner?: string;
  /** In one of these states. */
  status?: ApiKeyStatus[];
  /** Only keys with this text in their name, description or hint; upper and lower case are alike. */
  q?: string;
  /** Expire before this time. */
  expiresBefore?: string;
  /** Neither used nor made since this time. */
  unusedSince?: string;
  /** Never used; `false` for keys that were. */
  neverUsed?: boolean;
  /** Do not expire; `false` for keys that do. */
  withoutExpiry?: boolean;
  /** Made before this time. */
  createdBefore?: string;
  /** Expire at this time or later. */
  expiresFrom?: string;
  /** Revoked at this time or later. */
  revokedSince?: string;
  /** Used on this day in UTC. */
  usedOn?: string;
  /**
   * Not revoked, and under a policy that gives them less than their maker asked for; `false` for all
   * others.
   */
  cutShort?: boolean;
  /**
   * Of owners whom the catalog does not know, as of the last look, which is taken every five minutes;
   * `false` for all others.
   */
  ownerMissing?: boolean;
  /** Of owners who have to be confirmed; `false` for all others. */
  ownerUnconfirmed?: boolean;
  /** Of rotation lineages of which a rotated-out secret was presented at this time or later. */
  rotatedOutSeenSince?: string;
  /** Without access restrictions; `false` for all others. */
  unrestricted?: boolean;
  /** Carry this scope. */
  scope?: string;
};

/**
 * Owners who have to be confirmed.
 *
 * @public
 */
export type ApiKeyUnconfirmedOwners = {
  items: ApiKeyUnconfirmedOwner[];
};

/**
 * An owner of keys who was away from the catalog and is a new entity there: perhaps somebody else, so
 * that the keys are refused.
 *
 * @public
 */
export type ApiKeyUnconfirmedOwner = {
  owner: string;
  since: string;
  /** How many keys have not ended otherwise. */
  keys: number;
};

/**
 * Decision on an owner who has to be confirmed.
 *
 * @public
 */
export type ConfirmApiKeyOwnerRequest = {
  /**
   * Whether the owner is the same as before, whose keys work again then. Otherwise they are revoked, for
   * the reason `offboarded`, and not shown to the owner any more.
   */
  same: boolean;
};

/**
 * Keys that the decision on an owner was about.
 *
 * @public
 */
export type ConfirmApiKeyOwnerResult = {
  owner: string;
  /** How many keys were not revoked before. */
  keys: number;
};

/**
 * Metadata of a secret (RFC 7662 §2.2), with `owner` and `restricted`. Nothing but `active` for a key
 * that is not accepted.
 *
 * @public
 */
export type ApiKeyIntrospection =
  | {
      active: false;
    }
  | {
      active: true;
      /** Whom the key acts as. */
      sub: string;
      /** The same. */
      username: string;
      /** The id of the key. */
      client_id: string;
      /** Whose key it is. */
      owner: string;
      /** When the key was made, in seconds since 1970. */
      iat: number;
      /**
       * When the key ends as things are, in seconds since 1970; left out if nothing ends it. Revocation and
       * inactivity may end it before.
       */
      exp?: number;
      /** What the key is for outside of Backstage, separated by spaces; left out if that is nothing. */
      scope?: string;
      /**
       * Present for a key that is restricted in Backstage: it is for its scopes alone, and opens nothing
       * that asks for none.
       */
      restricted?: true;
      token_type: 'Bearer';
    };

/**
 * Everybody's keys in numbers. Unless stated otherwise, accepted keys (active and retiring ones) are
 * counted.
 *
 * @public
 */
export type ApiKeySummary = {
  totalItems: number;
  byStatus: {
    active: number;
    retiring: number;
    inactive: number;
    expired: number;
    revoked: number;
  };
  /** Of the accepted ones. */
  expiringIn7Days: number;
  /** Of the accepted ones. */
  expiringIn30Days: number;
  /** Of the accepted ones. */
  withoutExpiry: number;
  /** Of the accepted ones. */
  neverUsed: number;
  /** Of the accepted ones, neither used nor made in the last 90 days. */
  idle90Days: number;
  /** In the last seven days. */
  revokedIn7Days: number;
  /**
   * How many accepted keys expire on each of the next 90 days in UTC, without the days on which none
   * does.
   */
  expiryCalendar: {
    day: string;
    keys: number;
  }[];
  /** How often keys were used on each of the last 30 days in UTC, without the days on which none was. */
  usesPerDay: {
    day: string;
    uses: number;
  }[];
};

/**
 * Keys to revoke at once, and the reason. Exactly one of `ids` and `filter`.
 *
 * @public
 */
export type RevokeApiKeysRequest = {
  ids?: string[];
  filter?: ApiKeyFilter;
  reason: 'admin' | 'leaked' | 'offboarded' | 'policy';
  /**
   * Look at so many keys at most, the eldest first. Ask again for the rest, until fewer than these are
   * `matched`.
   */
  limit?: number;
  /** Only tell what would be revoked, and what beside it. */
  dryRun?: boolean;
};

/**
 * The one who rotated a key, a person or the key itself by its secret alone.
 *
 * @public
 */
export type ApiKeyRotatedBy = 'owner' | 'key';

/**
 * Keys that end beside the requested ones: those that the keys made of themselves and, after a leak,
 * the rest of the family.
 *
 * @public
 */
export type AlsoRevokedApiKeys = {
  /** The first ones, without those that the caller may not see. */
  items: AlsoRevokedApiKey[];
  totalItems: number;
};

/**
 * A key that ends beside a requested one.
 *
 * @public
 */
export type AlsoRevokedApiKey = {
  id: string;
  name: string;
  /** The last four characters of the secret, to tell keys apart. */
  hint: string;
  owner: string;
  createdAt: string;
  /** The key that it replaced. */
  predecessorId: string | null;
  /**
   * Who rotated the predecessor: a person, or the predecessor itself (`POST /v1/self/rotate`), with
   * whose revocation this key ends. `null` without a predecessor, and where an older version did not
   * keep it; then it counts as `key`.
   */
  rotatedBy: ApiKeyRotatedBy | null;
};

/**
 * Keys that revoking a key ends beside it.
 *
 * @public
 */
export type ApiKeyRevocation = {
  alsoRevoked: AlsoRevokedApiKeys;
};

/**
 * Result of revoking keys at once.
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
 * Keys to give to a group. Exactly one of `ids` and `filter`, which may match 1000 keys at most.
 *
 * @public
 */
export type TransferApiKeysRequest = {
  ids?: string[];
  filter?: ApiKeyFilter;
  /** The group that the keys are to belong to and to act as. */
  owner: string;
  /** Only tell what would be transferred and what would be refused. */
  dryRun?: boolean;
};

/**
 * Result of giving keys to a group.
 *
 * @public
 */
export type TransferApiKeysResult = {
  /** Keys that were asked for and that the caller may see. Of a filter, only those that have not ended. */
  matched: number;
  /** How many of them belong to the group now. The other keys of their rotation lineages went with them. */
  transferred: number;
  /** The first of the keys that were not transferred. */
  refused: {
    id: string;
    /** A sentence without a full stop. */
    reason: string;
  }[];
};

/**
 * Query parameters of `listKeys`: The caller's keys, a page at a time.
 *
 * @public
 */
export type ListApiKeysRequest = {
  /** Only keys in one of these states. */
  status?: ApiKeyStatus[];
  /**
   * Only keys with this text in their name, description or hint, also as it is shown (`bsk_…x7Kq`), or
   * with this id. Upper and lower case, Unicode forms (`ü` in one or two characters) and invisible
   * characters make no difference, nor do blanks at the ends; no character has a special meaning.
   */
  q?: string;
  /** Only keys of this user or group. */
  owner?: string;
  /** Only keys of this rotation lineage. */
  familyId?: string;
  /** Keys without the value (never used, no expiry) come last. */
  orderBy?: ApiKeyOrder;
  /** How many to list. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. The other parameters have to be the same as then. */
  cursor?: string;
};

/**
 * Query parameters of `listAllKeys`: Everybody's keys, a page at a time.
 *
 * @public
 */
export type ListAllApiKeysRequest = {
  /** Only keys of this user or group. */
  owner?: string;
  /** Only keys in one of these states. */
  status?: ApiKeyStatus[];
  /**
   * Only keys with this text in their name, description or hint, also as it is shown (`bsk_…x7Kq`), or
   * with this id. Upper and lower case, Unicode forms (`ü` in one or two characters) and invisible
   * characters make no difference, nor do blanks at the ends; no character has a special meaning.
   */
  q?: string;
  /** Only keys that expire before this time. */
  expiresBefore?: string;
  /** Only keys that were neither used nor made since this time. */
  unusedSince?: string;
  /** Only keys that were never used; `false` for those that were. */
  neverUsed?: boolean;
  /** Only keys that do not expire; `false` for those that do. */
  withoutExpiry?: boolean;
  /** Only keys that were made before this time. */
  createdBefore?: string;
  /** Only keys that expire at this time or later. */
  expiresFrom?: string;
  /** Only keys that were revoked at this time or later. */
  revokedSince?: string;
  /** Only keys that were used on this day in UTC. */
  usedOn?: string;
  /**
   * Only keys that are not revoked and under a policy that gives them less than their maker asked for;
   * `false` for all others.
   */
  cutShort?: boolean;
  /**
   * Only keys of owners whom the catalog does not know, as of the last look, which is taken every five
   * minutes; `false` for those of all others.
   */
  ownerMissing?: boolean;
  /**
   * Only keys of owners who have to be confirmed, since they were away from the catalog and may be
   * somebody else now; `false` for those of all others.
   */
  ownerUnconfirmed?: boolean;
  /** Only keys of rotation lineages of which a rotated-out secret was presented at this time or later. */
  rotatedOutSeenSince?: string;
  /**
   * Only keys without access restrictions, which may do everything that their subject may do; `false`
   * for all others.
   */
  unrestricted?: boolean;
  /** Only keys that carry this scope. */
  scope?: string;
  /** Keys without the value (never used, no expiry) come last. */
  orderBy?: ApiKeyOrder;
  /** How many to list. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. The other parameters have to be the same as then. */
  cursor?: string;
};

/**
 * Query parameters of `listAllEvents`: What happened to everybody's keys, latest first, a page at a
 * time.
 *
 * @public
 */
export type ListApiKeyEventsRequest = {
  category?: ApiKeyEventCategory;
  type?: string;
  keyId?: string;
  /** Whose keys. */
  owner?: string;
  /** Who did it. */
  actor?: string;
  /** From then on. */
  from?: string;
  /** Before then. */
  to?: string;
  /** How many to list. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. The other parameters have to be the same as then. */
  cursor?: string;
};

/**
 * Query parameters of `exportEvents`: What happened to everybody's keys, all at once.
 *
 * @public
 */
export type ApiKeyEventFilter = {
  category?: ApiKeyEventCategory;
  type?: string;
  keyId?: string;
  /** Whose keys. */
  owner?: string;
  /** Who did it. */
  actor?: string;
  /** From then on. */
  from?: string;
  /** Before then. */
  to?: string;
};

/**
 * Query parameters of `listUpcomingWarnings`: Which warnings are to be sent, soonest first, a page at
 * a time.
 *
 * @public
 */
export type ListUpcomingApiKeyWarningsRequest = {
  /** How far to look ahead, 366 days at most. P14D if left out. */
  within?: string;
  /** How many to list. */
  limit?: number;
  /** `pageInfo.nextCursor` of the page before. The other parameters have to be the same as then. */
  cursor?: string;
};
