// Generated from openapi.yaml by `yarn openapi`. Do not edit.

import {
  anyObject,
  duration,
  flag,
  listOf,
  nullable,
  number,
  object,
  optional,
  text,
  time,
} from '../answers/shapes';

const apiKeyAvailablePermission = object({
  name: text,
  action: nullable(text),
  resourceType: nullable(text),
});

const apiKeyAvailablePlugin = object({
  pluginId: text,
  permissions: listOf(apiKeyAvailablePermission),
});

const apiKeyScope = object({
  name: text,
  title: nullable(text),
  description: nullable(text),
});

const apiKeyAvailableScopes = object({
  configured: listOf(apiKeyScope),
  catalogApis: flag,
});

const apiKeyPolicySources = object({
  'lifetime.default': optional(text),
  'lifetime.max': optional(text),
  'lifetime.allowUnlimited': optional(text),
  'inactivity.default': optional(text),
  'inactivity.max': optional(text),
  'limits.keysPerOwner': optional(text),
  'restrictions.required': optional(text),
  'restrictions.maxPlugins': optional(text),
  'restrictions.forbidden': optional(text),
});

const apiKeyPolicy = object({
  owner: text,
  owners: listOf(text),
  lifetime: object({ default: duration, max: duration, allowUnlimited: flag }),
  inactivity: object({ default: nullable(duration), max: nullable(duration) }),
  limits: object({ keysPerOwner: number, keysInUse: number }),
  rotation: object({ maxOverlap: duration }),
  restrictions: object({
    required: flag,
    maxPlugins: nullable(number),
    forbidden: listOf(text),
  }),
  plugins: listOf(apiKeyAvailablePlugin),
  scopes: apiKeyAvailableScopes,
  sources: apiKeyPolicySources,
  secretPrefix: text,
  canCreate: flag,
  cannotCreateReason: nullable(text),
  missingOwnership: listOf(text),
});

const apiKeyAccessRestriction = object({
  plugin: text,
  permission: optional(listOf(text)),
  permissionAttribute: optional(object({ action: listOf(text) })),
});

const apiKey = object({
  id: text,
  name: text,
  description: nullable(text),
  owner: text,
  subject: text,
  createdBy: text,
  createdAt: time,
  expiresAt: nullable(time),
  inactivityTimeout: nullable(duration),
  inactiveAt: nullable(time),
  lastUsedAt: nullable(time),
  lastUsedIp: nullable(text),
  lastUsedUserAgent: nullable(text),
  useCount: number,
  status: text,
  revokedAt: nullable(time),
  revokedBy: nullable(text),
  revokedReason: nullable(text),
  hint: text,
  familyId: text,
  predecessorId: nullable(text),
  rotatedBy: nullable(text),
  successorId: nullable(text),
  overlapEndsAt: nullable(time),
  accessRestrictions: nullable(listOf(apiKeyAccessRestriction)),
  allowedIps: nullable(listOf(text)),
  scopes: listOf(text),
  ownershipCap: nullable(listOf(text)),
});

const apiKeyPage = object({
  items: listOf(apiKey),
  totalItems: number,
  totalIsCapped: optional(flag),
  pageInfo: object({ nextCursor: optional(text) }),
});

const createdApiKey = object({
  key: apiKey,
  secret: text,
  missingOwnership: listOf(text),
});

const alsoRevokedApiKey = object({
  id: text,
  name: text,
  hint: text,
  owner: text,
  createdAt: time,
  predecessorId: nullable(text),
  rotatedBy: nullable(text),
});

const alsoRevokedApiKeys = object({
  items: listOf(alsoRevokedApiKey),
  totalItems: number,
});

const apiKeyRevocation = object({ alsoRevoked: alsoRevokedApiKeys });

const apiKeyCheck = object({
  allowed: flag,
  decision: text,
  rule: text,
  message: text,
});

const apiKeyEvent = object({
  id: text,
  at: time,
  category: text,
  type: text,
  keyId: text,
  owner: text,
  actor: nullable(text),
  details: anyObject,
});

const apiKeyEventPage = object({
  items: listOf(apiKeyEvent),
  totalItems: number,
  totalIsCapped: optional(flag),
  pageInfo: object({ nextCursor: optional(text) }),
});

const apiKeyUsage = object({
  items: listOf(object({ day: time, plugin: text, uses: number })),
});

const apiKeysUsage = object({
  items: listOf(object({ keyId: text, day: time, uses: number })),
});

const apiKeyUnconfirmedOwner = object({
  owner: text,
  since: time,
  keys: number,
});

const apiKeyUnconfirmedOwners = object({
  items: listOf(apiKeyUnconfirmedOwner),
});

const confirmApiKeyOwnerResult = object({ owner: text, keys: number });

const apiKeyScopeHolder = object({
  id: text,
  name: text,
  owner: text,
  subject: text,
  status: text,
  createdAt: time,
  expiresAt: nullable(time),
  lastUsedAt: nullable(time),
});

const apiKeyScopeHolderPage = object({
  items: listOf(apiKeyScopeHolder),
  totalItems: number,
  totalIsCapped: optional(flag),
  pageInfo: object({ nextCursor: optional(text) }),
});

const apiKeyIntrospection = object({ active: flag });

const revokeApiKeysResult = object({
  matched: number,
  revoked: number,
  alsoRevoked: alsoRevokedApiKeys,
});

const transferApiKeysResult = object({
  matched: number,
  transferred: number,
  refused: listOf(object({ id: text, reason: text })),
});

const apiKeySummary = object({
  totalItems: number,
  byStatus: object({
    active: number,
    retiring: number,
    inactive: number,
    expired: number,
    revoked: number,
  }),
  expiringIn7Days: number,
  expiringIn30Days: number,
  withoutExpiry: number,
  neverUsed: number,
  idle90Days: number,
  revokedIn7Days: number,
  expiryCalendar: listOf(object({ day: time, keys: number })),
  usesPerDay: listOf(object({ day: time, uses: number })),
});

const apiKeyPolicyLimits = object({
  lifetime: object({ default: duration, max: duration, allowUnlimited: flag }),
  inactivity: object({ default: nullable(duration), max: nullable(duration) }),
  limits: object({ keysPerOwner: number }),
  restrictions: object({
    required: flag,
    maxPlugins: nullable(number),
    forbidden: listOf(text),
  }),
});

const apiKeyPolicyOverride = object({
  lifetime: optional(
    object({
      default: optional(duration),
      max: optional(duration),
      allowUnlimited: optional(flag),
    }),
  ),
  inactivity: optional(
    object({
      default: optional(nullable(duration)),
      max: optional(nullable(duration)),
    }),
  ),
  limits: optional(object({ keysPerOwner: optional(number) })),
  restrictions: optional(
    object({
      required: optional(flag),
      maxPlugins: optional(nullable(number)),
      forbidden: optional(listOf(text)),
    }),
  ),
});

const apiKeyOwnerOverride = object({
  owner: text,
  override: apiKeyPolicyOverride,
  updatedAt: time,
  updatedBy: text,
});

const apiKeyOwnerPolicies = object({
  configured: apiKeyPolicyLimits,
  items: listOf(apiKeyOwnerOverride),
  totalItems: number,
});

const apiKeyOwnerPolicy = object({
  owner: text,
  memberOf: nullable(listOf(text)),
  override: nullable(apiKeyPolicyOverride),
  updatedAt: nullable(time),
  updatedBy: nullable(text),
  effective: apiKeyPolicyLimits,
  sources: apiKeyPolicySources,
});

const apiKeyUpcomingWarning = object({
  keyId: text,
  keyName: text,
  owner: text,
  kind: text,
  endsAt: time,
  dueAt: time,
  threshold: nullable(duration),
});

const apiKeyUpcomingWarningPage = object({
  items: listOf(apiKeyUpcomingWarning),
  totalItems: number,
  totalIsCapped: optional(flag),
  pageInfo: object({ nextCursor: optional(text) }),
});

/** The shape of the JSON that each operation answers with. */
export const answers = {
  getPolicy: apiKeyPolicy,
  listKeys: apiKeyPage,
  createKey: createdApiKey,
  lookUpKey: apiKey,
  getKey: apiKey,
  updateKey: apiKey,
  previewRevocation: apiKeyRevocation,
  rotateKey: createdApiKey,
  keepKeyAlive: apiKey,
  checkKey: apiKeyCheck,
  listKeyEvents: apiKeyEventPage,
  getKeyUsage: apiKeyUsage,
  listUsage: apiKeysUsage,
  listUnconfirmedOwners: apiKeyUnconfirmedOwners,
  confirmOwner: confirmApiKeyOwnerResult,
  listScopeKeys: apiKeyScopeHolderPage,
  getSelf: apiKey,
  rotateSelf: createdApiKey,
  introspectSecret: apiKeyIntrospection,
  reportLeaks: listOf(
    object({ token_hash: text, token_type: optional(text), label: text }),
  ),
  lookUpSecret: apiKey,
  revokeKeys: revokeApiKeysResult,
  transferKeys: transferApiKeysResult,
  listAllKeys: apiKeyPage,
  getSummary: apiKeySummary,
  setKeyExpiry: apiKey,
  listOwnerPolicies: apiKeyOwnerPolicies,
  getOwnerPolicy: apiKeyOwnerPolicy,
  setOwnerPolicy: apiKeyOwnerPolicy,
  confirmOwnerAsAdmin: confirmApiKeyOwnerResult,
  listAllEvents: apiKeyEventPage,
  listUpcomingWarnings: apiKeyUpcomingWarningPage,
  getDocument: anyObject,
};
