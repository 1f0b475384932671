import { latestEnd } from 'backstage-plugin-api-keys-common';
import { KeyPolicy } from './policy';

/** What a policy means for keys that exist: whatever they were made with, they get no more than this. */
export type PolicyBounds = {
  maxLifetime: number;
  allowUnlimited: boolean;
  maxInactivity: number | null;
  /** Left out for none, as it was before there were any. */
  forbiddenPlugins?: string[];
};

/** @param configured - what holds for everybody, and so need not be kept with each key: its forbidden plugins */
export function boundsOf(
  { lifetime, inactivity, restrictions }: KeyPolicy,
  configured: Pick<KeyPolicy, 'restrictions'>,
): PolicyBounds {
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

/** What its maker asked for. */
type RequestedLife = {
  createdAt: number;
  requestedExpiresAt?: number;
  requestedInactivityTimeout?: number;
};

/** When a key ends under a policy, and after how long without use. Undefined is never. */
export function lifeWithin(
  bounds: PolicyBounds,
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
  { maxLifetime, allowUnlimited }: PolicyBounds,
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
