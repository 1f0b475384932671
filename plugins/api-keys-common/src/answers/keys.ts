import { AlsoRevokedApiKeys } from '../requests';
import { ApiKeyScopeHolder } from '../scopeHolders';
import {
  ApiKey,
  ApiKeyAccessRestriction,
  ApiKeyPolicy,
  ApiKeyPolicyLimits,
} from '../types';
import {
  anyObject,
  duration,
  flag,
  listOf,
  nullable,
  number,
  object,
  optional,
  Shape,
  text,
  time,
} from './shapes';

type Page<Item> = {
  items: Item[];
  totalItems: number;
  totalIsCapped: boolean;
  pageInfo: { nextCursor?: string };
};

/** A page of a list. */
export const pageOf = <Item>(item: Shape<Item>) =>
  object<Page<Item>>({
    items: listOf(item),
    totalItems: number,
    totalIsCapped: optional(flag) as Shape<boolean>,
    pageInfo: object({ nextCursor: optional(text()) }),
  });

const restriction = object<ApiKeyAccessRestriction>({
  plugin: text(),
  permission: optional(listOf(text())),
  permissionAttribute: optional(object({ action: listOf(text()) })),
});

export const key = object<ApiKey>({
  id: text(),
  name: text(),
  description: nullable(text()),
  owner: text(),
  subject: text(),
  createdBy: text(),
  createdAt: time,
  expiresAt: nullable(time),
  inactivityTimeout: nullable(duration),
  inactiveAt: nullable(time),
  lastUsedAt: nullable(time),
  lastUsedIp: nullable(text()),
  lastUsedUserAgent: nullable(text()),
  useCount: number,
  status: text(),
  revokedAt: nullable(time),
  revokedBy: nullable(text()),
  revokedReason: nullable(text()),
  hint: text(),
  familyId: text(),
  predecessorId: nullable(text()),
  rotatedBy: nullable(text()),
  successorId: nullable(text()),
  overlapEndsAt: nullable(time),
  accessRestrictions: nullable(listOf(restriction)),
  allowedIps: nullable(listOf(text())),
  scopes: listOf(text()),
  ownershipCap: nullable(listOf(text())),
});

export const scopeHolder = object<ApiKeyScopeHolder>({
  id: text(),
  name: text(),
  owner: text(),
  subject: text(),
  status: text(),
  createdAt: time,
  expiresAt: nullable(time),
  lastUsedAt: nullable(time),
});

export const alsoRevoked = object<AlsoRevokedApiKeys>({
  items: listOf(
    object<AlsoRevokedApiKeys['items'][number]>({
      id: text(),
      name: text(),
      hint: text(),
      owner: text(),
      createdAt: time,
      predecessorId: nullable(text()),
      rotatedBy: nullable(text()),
    }),
  ),
  totalItems: number,
});

const limits = {
  lifetime: object<ApiKeyPolicyLimits['lifetime']>({
    default: duration,
    max: duration,
    allowUnlimited: flag,
  }),
  inactivity: object<ApiKeyPolicyLimits['inactivity']>({
    default: nullable(duration),
    max: nullable(duration),
  }),
  restrictions: object<ApiKeyPolicyLimits['restrictions']>({
    required: flag,
    maxPlugins: nullable(number),
    forbidden: listOf(text()),
  }),
};

export const policyLimits = object<ApiKeyPolicyLimits>({
  ...limits,
  limits: object({ keysPerOwner: number }),
});

export const policy = object<ApiKeyPolicy>({
  ...limits,
  limits: object({ keysPerOwner: number, keysInUse: number }),
  owner: text(),
  owners: listOf(text()),
  rotation: object({ maxOverlap: duration }),
  plugins: listOf(
    object({
      pluginId: text(),
      permissions: listOf(
        object({
          name: text(),
          action: nullable(text()),
          resourceType: nullable(text()),
        }),
      ),
    }),
  ),
  scopes: object({
    configured: listOf(
      object({
        name: text(),
        title: nullable(text()),
        description: nullable(text()),
      }),
    ),
    catalogApis: flag,
  }),
  sources: anyObject(),
  secretPrefix: text(),
  canCreate: flag,
  cannotCreateReason: nullable(text()),
  missingOwnership: listOf(text()),
});
