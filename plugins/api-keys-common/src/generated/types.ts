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
 * A change (`AUDIT`), an event to investigate (`SECURITY`), or a failure (`ERROR`).
 *
 * @public
 */
export type ApiKeyEventCategory = 'AUDIT' | 'SECURITY' | 'ERROR';

/**
 * An entry of a restricted key's permitted uses, in the format of Backstage's access restrictions.
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
  /** Keys of older versions may have names that are no longer allowed. */
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
  /** The last four characters of the secret, to distinguish keys. */
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
  /** The latest time until which a retiring key is accepted. */
  overlapEndsAt: string | null;
  /** Permitted uses of the key; `null` is everything that its subject may do. */
  accessRestrictions: ApiKeyAccessRestriction[] | null;
  /** Networks (CIDR) from which the key may be used; `null` is everywhere. */
  allowedIps: string[] | null;
  /** Scopes for services outside of Backstage that require them by name. */
  scopes: string[];
  /**
   * The most that the key can own, whatever its subject owns, because the session that created it owned
   * less than its user. `null` is no cap.
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
  /** The number of items on all pages, up to 10 000. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
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
   * Ownership of the caller's session that the key lacks: requests with the key do not act for these
   * entities. A sign-in can give a session ownership that the catalog does not know.
   */
  missingOwnership: string[];
};

/**
 * The limits on new keys of an owner.
 *
 * @public
 */
export type ApiKeyPolicy = {
  /** The owner of the keys. */
  owner: string;
  /** Possible owners for keys of the caller. */
  owners: string[];
  lifetime: {
    /** The lifetime of a key without a requested one. */
    default: string;
    /** The longest lifetime of a key with an expiry. */
    max: string;
    /** True if a key without expiry may be created. */
    allowUnlimited: boolean;
  };
  inactivity: {
    /** The timeout of a key without a requested one; `null` is none. */
    default: string | null;
    /** The longest timeout of a key; `null` is no limit. */
    max: string | null;
  };
  limits: {
    /** The number of active keys that the owner may have. 0 is none, also by rotation. */
    keysPerOwner: number;
    /** The number of the owner's keys. */
    keysInUse: number;
  };
  rotation: {
    /** How long a rotated key may keep working while its successor is not used. */
    maxOverlap: string;
  };
  restrictions: {
    /** True if every new key has to be restricted to some plugins. */
    required: boolean;
    /** The number of plugins that a restricted key may list; `null` is no limit. */
    maxPlugins: number | null;
    /** The ids of plugins that no key may be used for, including existing and restricted keys. */
    forbidden: string[];
  };
  /** Possible restrictions of keys. */
  plugins: ApiKeyAvailablePlugin[];
  scopes: ApiKeyAvailableScopes;
  sources: ApiKeyPolicySources;
  /** The prefix of secrets. */
  secretPrefix: string;
  /** True if a key for the owner would work. The permission policy also has to allow its creation. */
  canCreate: boolean;
  /** A sentence with the reason why no key can be created for the owner; `null` if one can. */
  cannotCreateReason: string | null;
  /** The future `missingOwnership` of a new key. */
  missingOwnership: string[];
};

/**
 * A plugin that keys can be restricted to.
 *
 * @public
 */
export type ApiKeyAvailablePlugin = {
  pluginId: string;
  /** Permissions that the plugin checks; empty for a plugin that declares none. */
  permissions: ApiKeyAvailablePermission[];
};

/**
 * A scope for keys, as configured.
 *
 * @public
 */
export type ApiKeyScope = {
  name: string;
  /** A display name; `null` if there is none. */
  title: string | null;
  /** What it opens. */
  description: string | null;
};

/**
 * The scopes that new keys can carry.
 *
 * @public
 */
export type ApiKeyAvailableScopes = {
  configured: ApiKeyScope[];
  /**
   * True if every API of the catalog is a scope, too, by its entity ref in lower case,
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
  /** The entity ref of the user or group that may manage the key. */
  owner: string;
  /** The entity ref that a request with the key acts as. */
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
  /** The number of items on all pages, up to 10 000. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
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
export type ApiKeyAvailablePermission = {
  name: string;
  /** The action of the permission; `null` if it declares none. */
  action: 'create' | 'read' | 'update' | 'delete' | null;
  /** The resource type of the permission; `null` for a basic permission. */
  resourceType: string | null;
};

/**
 * The user or group, by entity ref, for which an admin set a field; missing fields follow the
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
 * A recorded change of a key, or an attempt to use it.
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
  /** Entity ref of the user who made the change. */
  actor: string | null;
  /** Details, depending on the type. */
  details: JsonObject;
};

/**
 * One page of events, latest first.
 *
 * @public
 */
export type ApiKeyEventPage = {
  items: ApiKeyEvent[];
  /** The number of items on all pages, up to 10 000. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
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
  /** The time from which it can be sent. In the past for a warning that was not sent yet. */
  dueAt: string;
  /** The time before the end, as configured. Null after the end. */
  threshold: string | null;
};

/**
 * One page of warnings, soonest first.
 *
 * @public
 */
export type ApiKeyUpcomingWarningPage = {
  items: ApiKeyUpcomingWarning[];
  /** The number of items on all pages, up to 10 000. */
  totalItems: number;
  /** True if there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: {
    /** The `cursor` of the next page. The last page has none. */
    nextCursor?: string;
  };
};

/**
 * The limits on the keys of an owner.
 *
 * @public
 */
export type ApiKeyPolicyLimits = {
  lifetime: {
    /** The lifetime of a key without a requested one. */
    default: string;
    /** The longest lifetime of a key with an expiry. */
    max: string;
    /** True if a key without expiry may be created. */
    allowUnlimited: boolean;
  };
  inactivity: {
    /** The timeout of a key without a requested one; `null` is none. */
    default: string | null;
    /** The longest timeout of a key; `null` is no limit. */
    max: string | null;
  };
  limits: {
    /** The number of active keys that the owner may have. 0 is none, also by rotation. */
    keysPerOwner: number;
  };
  restrictions: {
    /** True if every new key has to be restricted to some plugins. */
    required: boolean;
    /** The number of plugins that a restricted key may list; `null` is no limit. */
    maxPlugins: number | null;
    /** The ids of plugins that no key may be used for, including existing and restricted keys. */
    forbidden: string[];
  };
};

/**
 * The differences from the configured policy. Omitted fields are not changed; `null` is none. A
 * maximum lifetime also excludes keys without expiry, unless `allowUnlimited` is set.
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
    /** 0 allows no keys. */
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
   * The last known groups of the owner, whose policies apply; `null` for an owner without any key so
   * far.
   */
  memberOf: string[] | null;
  /** The policy set for this owner itself; `null` if there is none. */
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
  /** The owner of the key, and its subject: by default the caller, or one of the caller's groups. */
  owner?: string;
  /** `null` asks for a key without expiry, which a policy may allow. */
  expiresAt?: string | null;
  /** From now. */
  expiresIn?: string;
  /** `null` asks for none, which a policy may allow. */
  inactivityTimeout?: string | null;
  /**
   * All permitted uses of the key; by default everything that its subject may do. An empty list, which
   * requires `scopes`, permits nothing in Backstage.
   */
  accessRestrictions?: ApiKeyAccessRestriction[];
  /** Networks (CIDR) from which the key may be used; everywhere by default. */
  allowedIps?: string[];
  /** Scopes for services outside of Backstage, from the policy's `scopes`. */
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
   * The name of one of the plugin's permissions; without it, the check is whether the plugin may be
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
  /** True if the decision is `allow`. */
  allowed: boolean;
  /** `conditional` if it depends on the resource, or cannot be determined here. */
  decision: 'allow' | 'deny' | 'conditional';
  /** The rule that decided; `status` for a key that is not accepted. */
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
  /** Counted from now; by default as long as the lifetime of the old key. */
  expiresIn?: string;
  /** When the old key ends: at the first use of the new one, which is the default, or at once. */
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
   * Keys of owners who are not in the catalog, as of the last check, which runs every five minutes;
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
   * True if the owner is the same as before: the keys work again. Otherwise they are revoked, for the
   * reason `offboarded`, and no longer shown to the owner.
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
  /** The number of keys that were not revoked before. */
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
      /** The entity ref that the key acts as. */
      sub: string;
      /** The same. */
      username: string;
      /** The id of the key. */
      client_id: string;
      /** The owner of the key. */
      owner: string;
      /** The creation time of the key, in seconds since 1970. */
      iat: number;
      /**
       * The current expiry of the key, in seconds since 1970; missing if it does not expire. Revocation and
       * inactivity may end it before.
       */
      exp?: number;
      /** Scopes for services outside of Backstage, separated by spaces; missing if there are none. */
      scope?: string;
      /** Present for a key that is restricted in Backstage: only its scopes give access to outside services. */
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
   * The number of accepted keys that expire on each of the next 90 days in UTC, without days on which
   * none does.
   */
  expiryCalendar: {
    day: string;
    keys: number;
  }[];
  /** The uses on each of the last 30 days in UTC, without days without uses. */
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
   * The maximum number of keys in this step, the oldest first. Repeat until fewer than these are
   * `matched`.
   */
  limit?: number;
  /** Only return what would be revoked, including other keys. */
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
  /** The first of them, without those that the caller may not see. */
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
  /** The last four characters of the secret, to distinguish keys. */
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
  /** Matching keys that were not revoked before. */
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
  /** The group that becomes the owner and subject of the keys. */
  owner: string;
  /** Only return what would be transferred and what would be refused. */
  dryRun?: boolean;
};

/**
 * Result of giving keys to a group.
 *
 * @public
 */
export type TransferApiKeysResult = {
  /** Requested keys that the caller may see. For a filter, only those that have not ended. */
  matched: number;
  /**
   * The number of keys that now belong to the group. The other keys of their rotation lineages were
   * transferred with them.
   */
  transferred: number;
  /** The first of the keys that were not transferred. */
  refused: {
    id: string;
    /** A sentence without a full stop. */
    reason: string;
  }[];
};

/**
 * Query parameters of `listKeys`: List the caller's keys, a page at a time.
 *
 * @public
 */
export type ListApiKeysRequest = {
  /** Only keys in one of these states. */
  status?: ApiKeyStatus[];
  /**
   * Only keys with this text in their name, description or hint, also as displayed (`bsk_…x7Kq`), or
   * with this id. Ignores case, Unicode forms (`ü` in one or two characters), invisible characters, and
   * blanks at the ends; no character has a special meaning.
   */
  q?: string;
  /** Only keys of this user or group. */
  owner?: string;
  /** Only keys of this rotation lineage. */
  familyId?: string;
  /** Keys without the value (never used, no expiry) come last. */
  orderBy?: ApiKeyOrder;
  /** Page size. */
  limit?: number;
  /** `pageInfo.nextCursor` of the previous page. All other parameters have to be the same. */
  cursor?: string;
};

/**
 * Query parameters of `listAllKeys`: List everybody's keys, a page at a time.
 *
 * @public
 */
export type ListAllApiKeysRequest = {
  /** Only keys of this user or group. */
  owner?: string;
  /** Only keys in one of these states. */
  status?: ApiKeyStatus[];
  /**
   * Only keys with this text in their name, description or hint, also as displayed (`bsk_…x7Kq`), or
   * with this id. Ignores case, Unicode forms (`ü` in one or two characters), invisible characters, and
   * blanks at the ends; no character has a special meaning.
   */
  q?: string;
  /** Only keys that expire before this time. */
  expiresBefore?: string;
  /** Only keys that were neither used nor created since this time. */
  unusedSince?: string;
  /** Only keys that were never used; `false` for those that were. */
  neverUsed?: boolean;
  /** Only keys that do not expire; `false` for those that do. */
  withoutExpiry?: boolean;
  /** Only keys that were created before this time. */
  createdBefore?: string;
  /** Only keys that expire at this time or later. */
  expiresFrom?: string;
  /** Only keys that were revoked at this time or later. */
  revokedSince?: string;
  /** Only keys that were used on this day in UTC. */
  usedOn?: string;
  /**
   * Only unrevoked keys under a policy that gives them less than their creator asked for; `false` for
   * all others.
   */
  cutShort?: boolean;
  /**
   * Only keys of owners who are not in the catalog, as of the last check, which runs every five minutes;
   * `false` for those of all others.
   */
  ownerMissing?: boolean;
  /**
   * Only keys of owners who have to be confirmed, since they were away from the catalog and may be
   * somebody else now; `false` for those of all others.
   */
  ownerUnconfirmed?: boolean;
  /** Only keys of rotation lineages whose rotated-out secrets were presented at this time or later. */
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
  /** Page size. */
  limit?: number;
  /** `pageInfo.nextCursor` of the previous page. All other parameters have to be the same. */
  cursor?: string;
};

/**
 * Query parameters of `listAllEvents`: List everybody's events, latest first, a page at a time.
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
  /** Page size. */
  limit?: number;
  /** `pageInfo.nextCursor` of the previous page. All other parameters have to be the same. */
  cursor?: string;
};

/**
 * Query parameters of `exportEvents`: Export everybody's events.
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
 * Query parameters of `listUpcomingWarnings`: List upcoming warnings, soonest first, a page at a time.
 *
 * @public
 */
export type ListUpcomingApiKeyWarningsRequest = {
  /** Period to look ahead, 366 days at most, P14D by default. */
  within?: string;
  /** Page size. */
  limit?: number;
  /** `pageInfo.nextCursor` of the previous page. All other parameters have to be the same. */
  cursor?: string;
};
