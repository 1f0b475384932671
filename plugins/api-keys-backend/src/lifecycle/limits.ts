import { latestEnd } from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from './policy';

/** Limits of a policy for existing keys, whatever was requested for them. */
export type EnforcedLimits = {
  maxLifetime: number;
  allowUnlimited: boolean;
  maxInactivity: number | null;
  /** Omitted if empty, so that limits from before this field stay equal. */
  forbiddenPlugins?: string[];
};

/**
 * @param configured - the policy of the configuration, whose forbidden plugins apply to everyone and are not stored with each key
 */
export function boundsOf(
  { lifetime, inactivity, restrictions }: KeyPolicy,
  configured: Pick<KeyPolicy, 'restrictions'>,
): EnforcedLimits {
  const forbiddenPlugins = restrictions.forbidden.filter(
    plugin => !configured.restrictions.forbidden.includes(plugin),
  );
  return {
    maxLifetime: lifetime.max,
    allowUnlimited: lifetime.allowUnlimited,
    maxInactivity: inactivity.max ?? null,
    ...(forbiddenPlugins.length > 0 && { forbiddenPlugins }),
  };
}

/** Values that were requested for a key. */
type RequestedLife = {
  createdAt: number;
  requestedExpiresAt?: number;
  requestedInactivityTimeout?: number;
};

/** Returns the end and the inactivity timeout of a key under a policy. Undefined is never. */
export function lifeWithin(
  bounds: EnforcedLimits,
  key: RequestedLife,
): { expiresAt?: number; inactivityTimeout?: number } {
  return {
    expiresAt: isAllowedEnd(bounds, key)
      ? key.requestedExpiresAt
      : key.createdAt + bounds.maxLifetime,
    inactivityTimeout: earlier(
      key.requestedInactivityTimeout,
      bounds.maxInactivity ?? undefined,
    ),
  };
}

function isAllowedEnd(
  { maxLifetime, allowUnlimited }: EnforcedLimits,
  { createdAt, requestedExpiresAt }: RequestedLife,
): boolean {
  return requestedExpiresAt === undefined
    ? allowUnlimited
    : requestedExpiresAt <= latestEnd(createdAt, maxLifetime);
}

function earlier(
  one: number | undefined,
  other: number | undefined,
): number | undefined {
  const earliest = Math.min(one ?? Infinity, other ?? Infinity);
  return earliest === Infinity ? undefined : earliest;
}
