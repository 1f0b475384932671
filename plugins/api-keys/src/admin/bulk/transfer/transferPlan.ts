import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';

/** The backend names no more keys than these. */
const REFUSED_MAX = 100;

/** Keys that stay where they are, for one and the same reason. */
export type TransferRefusal = { reason: string; ids: string[] };

/** What would become of keys. */
export type TransferPlan = {
  going: number;
  staying: number;
  /** More may stay and fewer go than that: the backend names so many refusals and no more. */
  isCapped: boolean;
  refusals: TransferRefusal[];
};

/** What the backend says that would become of keys. */
export function planTransfer(result: TransferApiKeysResult): TransferPlan {
  const { matched, refused } = result;
  return {
    going: matched - refused.length,
    staying: refused.length,
    isCapped: refused.length >= REFUSED_MAX,
    refusals: refusalsByReason(result),
  };
}

/** The keys that stay where they are, by reason. */
export function refusalsByReason({
  refused,
}: TransferApiKeysResult): TransferRefusal[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of refused) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => ({ reason, ids }));
}
