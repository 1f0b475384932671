import { KeyPolicy } from './policy';

/** What a policy means for keys that exist: whatever they were made with, they get no more than this. */
export type PolicyBounds = {
  maxLifetime: number;
  allowUnlimited: boolean;
  maxInactivity: number | null;
};

export function boundsOf({ lifetime, inactivity }: KeyPolicy): PolicyBounds {
  return {
    maxLifetime: lifetime.max,
    allowUnlimited: lifetime.allowUnlimited,
    maxInactivity: inactivity.max ?? null,
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
  const isUnlimited =
    key.requestedExpiresAt === undefined && bounds.allowUnlimited;
  return {
    expiresAt: isUnlimited
      ? undefined
      : earlier(key.requestedExpiresAt, key.createdAt + bounds.maxLifetime),
    inactivityTimeout: earlier(
      key.requestedInactivityTimeout,
      bounds.maxInactivity ?? undefined,
    ),
  };
}

function earlier(
  one: number | undefined,
  other: number | undefined,
): number | undefined {
  const earliest = Math.min(one ?? Infinity, other ?? Infinity);
  return earliest === Infinity ? undefined : earliest;
}
