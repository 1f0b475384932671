import { ApiKeyChoosableScopes } from './scopes';

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
 * Who rotated a key: a person, or the key itself by its secret alone.
 *
 * @public
 */
export type ApiKeyRotatedBy = 'owner' | 'key';

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
    action: ('create' | 'read' | 'update' | 'delete')[];
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
  /**
   * Who rotated the predecessor: a person, or the predecessor itself, with whose revocation this key ends. `null` without one,
   * and where an older version did not keep it; then it counts as `key`.
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
  /** What the key owns at most, whatever its subject owns; `null` is no cap. */
  ownershipCap: string[] | null;
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
  /** Entity refs that the session owns which made the key, and the key does not. */
  missingOwnership: string[];
};

/**
 * Whether a key may be used for what was asked, and what decided.
 *
 * @public
 */
export type ApiKeyCheck = {
  /** Whether the decision is `allow`. */
  allowed: boolean;
  /** `conditional`: it depends on the thing that it is about, or cannot be told here. */
  decision: 'allow' | 'deny' | 'conditional';
  /**
   * - `status`: the key is not accepted.
   * - `restriction`: the key must not be used for it, whatever its subject may do.
   * - `policy`: what the permission policy says.
   */
  rule: 'status' | 'restriction' | 'policy';
  /** A sentence without a full stop. */
  message: string;
};

/**
 * One page of a list.
 *
 * @public
 */
export type ApiKeyPage = {
  items: ApiKey[];
  /** How many there are over all pages, up to {@link API_KEY_TOTAL_MAX}. */
  totalItems: number;
  /** Whether there are more than `totalItems`. */
  totalIsCapped: boolean;
  pageInfo: { nextCursor?: string };
};

/**
 * What the keys of an owner are held to.
 *
 * @public
 */
export type ApiKeyPolicyLimits = {
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
    /** How many active keys the owner may have at a time. */
    keysPerOwner: number;
  };
  restrictions: {
    /** Whether every new key has to be restricted to some plugins. */
    required: boolean;
    /** How many plugins a restricted key may list; `null` is no limit. */
    maxPlugins: number | null;
    /** Ids of plugins that no key may be used for, whenever it was made and whatever it is restricted to. */
    forbidden: string[];
  };
};

/**
 * A field of {@link ApiKeyPolicyLimits}.
 *
 * @public
 */
export type ApiKeyPolicyField =
  | 'lifetime.default'
  | 'lifetime.max'
  | 'lifetime.allowUnlimited'
  | 'inactivity.default'
  | 'inactivity.max'
  | 'limits.keysPerOwner'
  | 'restrictions.required'
  | 'restrictions.maxPlugins'
  | 'restrictions.forbidden';

/**
 * Which user or group an admin set a field for, by entity ref; fields that are not there follow the configuration.
 *
 * @public
 */
export type ApiKeyPolicySources = Partial<Record<ApiKeyPolicyField, string>>;

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
 * The limits that new keys of an owner are held to.
 *
 * @public
 */
export type ApiKeyPolicy = Omit<ApiKeyPolicyLimits, 'limits'> & {
  /** Entity ref: whose keys this is about. */
  owner: string;
  /** Entity refs that the caller may make keys for: the caller, and the caller's groups. */
  owners: string[];
  limits: ApiKeyPolicyLimits['limits'] & {
    /** How many the owner has. */
    keysInUse: number;
  };
  rotation: {
    /** ISO 8601 duration: how long a rotated key may go on working while its successor is not used. */
    maxOverlap: string;
  };
  /** What keys can be restricted to. */
  plugins: ApiKeyChoosablePlugin[];
  /** What keys can be for outside of Backstage. */
  scopes: ApiKeyChoosableScopes;
  sources: ApiKeyPolicySources;
  /** What secrets start with. */
  secretPrefix: string;
  /** Whether a key for the owner would work. The permission policy decides besides. */
  canCreate: boolean;
  /** A sentence that says why no key can be made for the owner; null if one can. */
  cannotCreateReason: string | null;
  /** What `missingOwnership` of a new key would be. */
  missingOwnership: string[];
};
