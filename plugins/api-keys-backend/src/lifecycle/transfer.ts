import { ApiKeyRecord } from './ApiKeyRecord';
import { isTerminal, statusOf } from './status';

/** Keys to transfer to a group, and the room for them. */
export type TransferRequest = {
  ids: readonly string[];
  now: number;
  /** Number of active keys of the group. */
  active: number;
  /** Maximum number of active keys of the group. */
  limit: number;
};

export type TransferPlan = {
  /** Families to transfer, always whole: the keys of a family end and replace each other under the lock of one owner. */
  familyIds: string[];
  transferred: string[];
  refused: RefusedTransfer[];
  /** Number of active keys to transfer. */
  activeKeys: number;
};

export type RefusedTransfer = { id: string; reason: string };

/**
 * Decides which keys are transferred, and the reason why others are not.
 *
 * @param families - the families of the keys, with their present owner
 */
export function planTransfer(
  families: readonly ApiKeyRecord[],
  { ids, now, active, limit }: TransferRequest,
): TransferPlan {
  const plan: TransferPlan = {
    familyIds: [],
    transferred: [],
    refused: [],
    activeKeys: 0,
  };
  for (const id of ids) {
    const key = families.find(one => one.id === id);
    if (!key || isTerminal(key, now)) {
      plan.refused.push({ id, reason: endOf(key, now) });
      continue;
    }
    if (limit === 0) {
      plan.refused.push({ id, reason: 'The group may have no API keys' });
      continue;
    }
    const { familyId } = key;
    if (!plan.familyIds.includes(familyId)) {
      const activeKeys = families.filter(
        one => one.familyId === familyId && statusOf(one, now) === 'active',
      ).length;
      const total = active + plan.activeKeys + activeKeys;
      if (activeKeys > 0 && total > limit) {
        const reason = `The group would have more than the ${limit} API keys that it may have`;
        plan.refused.push({ id, reason });
        continue;
      }
      plan.familyIds.push(familyId);
      plan.activeKeys += activeKeys;
    }
    plan.transferred.push(id);
  }
  return plan;
}

function endOf(key: ApiKeyRecord | undefined, now: number): string {
  return key
    ? `The API key is ${statusOf(key, now)} and cannot be transferred any more`
    : 'The API key was transferred meanwhile';
}
