import { ConflictError } from '@backstage/errors';
import { OwnerKeysTransaction } from '../database/OwnerKeysTransaction';
import { KeyPolicy } from '../lifecycle/policy';

/** Returns the reason why an owner may have no keys at all; undefined for an owner who may have some. */
export function noKeysReason(
  owner: string,
  { limits }: Pick<KeyPolicy, 'limits'>,
): string | undefined {
  return limits.keysPerOwner === 0
    ? `${owner} may have no API keys: limits.keysPerOwner is 0`
    : undefined;
}

/**
 * Checks that an owner may have keys at all. Existing keys work until they end, and are not replaced.
 *
 * @throws ConflictError for an owner who may have none
 */
export function requireKeysAllowed(owner: string, policy: KeyPolicy): void {
  const reason = noKeysReason(owner, policy);
  if (reason) throw new ConflictError(reason);
}

/**
 * Checks that an owner may have one more active key.
 *
 * @param atLeast - a number that is always allowed, unless the limit is 0
 * @throws ConflictError over the limit
 */
export async function assertKeyLimit(
  keys: OwnerKeysTransaction,
  policy: KeyPolicy,
  now: number,
  atLeast: number = 0,
): Promise<void> {
  const { ref } = keys.owner;
  requireKeysAllowed(ref, policy);
  const { keysPerOwner } = policy.limits;
  const active = await keys.countActive(now);
  if (active >= Math.max(keysPerOwner, atLeast)) {
    throw new ConflictError(
      `${ref} has ${active} API keys, and may have ${keysPerOwner}; revoke one first`,
    );
  }
}
