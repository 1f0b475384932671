import { ResponseError } from '@backstage/errors';
import {
  ApiKey,
  ApiKeyAvailablePermission,
  ApiKeyAvailablePlugin,
  ApiKeyPolicy,
  ApiKeyRevokedReason,
} from 'backstage-plugin-api-keys-common';
import { DateTime, DurationLike } from 'luxon';

/** Returns the ISO time that is a duration from now; negative numbers are in the past. */
export const fromNow = (duration: DurationLike): string =>
  DateTime.utc().plus(duration).toISO();

/** The secret of {@link aKey}, with the right checksum. */
export const SECRET = 'bsk_000000000000000000000000000000000000000Wpa50Tx7Kq';
/** A secret with the right checksum that matches no key. */
export const UNKNOWN_SECRET =
  'bsk_00000000000000000000000000000000000000000000a38hE';

/** A working key that was created yesterday. */
export function aKey(overrides: Partial<ApiKey> = {}): ApiKey {
  const id = overrides.id ?? 'k1';
  return {
    id,
    name: 'CI deploy',
    description: null,
    owner: 'user:default/ada',
    subject: 'user:default/ada',
    createdBy: 'user:default/ada',
    createdAt: fromNow({ days: -3 }),
    expiresAt: fromNow({ days: 87 }),
    inactivityTimeout: null,
    inactiveAt: null,
    lastUsedAt: null,
    lastUsedIp: null,
    lastUsedUserAgent: null,
    useCount: 0,
    status: 'active',
    revokedAt: null,
    revokedBy: null,
    revokedReason: null,
    hint: 'x7Kq',
    familyId: id,
    predecessorId: null,
    rotatedBy: null,
    successorId: null,
    overlapEndsAt: null,
    accessRestrictions: null,
    allowedIps: null,
    scopes: [],
    ownershipCap: null,
    ...overrides,
  };
}

/** The key after it was revoked. */
export const revoked = (key: ApiKey, reason: ApiKeyRevokedReason): ApiKey => ({
  ...key,
  status: 'revoked',
  revokedAt: new Date().toISOString(),
  revokedReason: reason,
});

/** A plugin that keys can be restricted to. */
export const aPlugin = (
  pluginId: string,
  permissions: Record<string, ApiKeyAvailablePermission['action']>,
): ApiKeyAvailablePlugin => ({
  pluginId,
  permissions: Object.entries(permissions).map(([name, action]) => ({
    name,
    action,
    resourceType: null,
  })),
});

/** The policy of a portal without configuration. */
export function aPolicy(
  overrides: {
    lifetime?: Partial<ApiKeyPolicy['lifetime']>;
    inactivity?: Partial<ApiKeyPolicy['inactivity']>;
    limits?: Partial<ApiKeyPolicy['limits']>;
    restrictions?: Partial<ApiKeyPolicy['restrictions']>;
  } & Partial<
    Pick<
      ApiKeyPolicy,
      | 'owner'
      | 'owners'
      | 'plugins'
      | 'scopes'
      | 'sources'
      | 'cannotCreateReason'
      | 'missingOwnership'
    >
  > = {},
): ApiKeyPolicy {
  return {
    lifetime: {
      default: 'P90D',
      max: 'P365D',
      allowUnlimited: false,
      ...overrides.lifetime,
    },
    inactivity: { default: null, max: null, ...overrides.inactivity },
    limits: { keysPerOwner: 50, keysInUse: 1, ...overrides.limits },
    rotation: { maxOverlap: 'P7D' },
    restrictions: {
      required: false,
      maxPlugins: null,
      forbidden: [],
      ...overrides.restrictions,
    },
    scopes: overrides.scopes ?? { configured: [], catalogApis: false },
    plugins: overrides.plugins ?? [
      aPlugin('catalog', {
        'catalog.entity.create': 'create',
        'catalog.entity.delete': 'delete',
        'catalog.entity.read': 'read',
      }),
      aPlugin('scaffolder', {
        'scaffolder.task.create': 'create',
        'scaffolder.task.read': 'read',
      }),
      aPlugin('search', {}),
    ],
    owner: overrides.owner ?? 'user:default/ada',
    owners: overrides.owners ?? ['user:default/ada'],
    sources: overrides.sources ?? {},
    secretPrefix: 'bsk',
    canCreate: !overrides.cannotCreateReason,
    cannotCreateReason: overrides.cannotCreateReason ?? null,
    missingOwnership: overrides.missingOwnership ?? [],
  };
}

/** Creates the error that the client throws for an error response. */
export async function refusal(
  status: number,
  name: string,
  message: string,
): Promise<Error> {
  const body = JSON.stringify({
    error: { name, message },
    response: { statusCode: status },
  });
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: name,
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () => body,
  } as Response);
}
