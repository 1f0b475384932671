import { TransferApiKeysResult } from 'backstage-plugin-api-keys-common';

/** The backend lists at most this many refusals. */
const REFUSED_MAX = 100;

/** Keys that cannot be transferred for the same reason. */
export type TransferRefusal = { reason: string; ids: string[] };

/** Preview of a transfer. */
export type TransferPlan = {
  going: number;
  staying: number;
  /** Set if the backend's list of refusals is full: then `going` is an upper and `staying` a lower bound. */
  isCapped: boolean;
  refusals: TransferRefusal[];
};

/** Derives the preview from a dry run. */
export function planTransfer(result: TransferApiKeysResult): TransferPlan {
  const { matched, refused } = result;
  return {
    going: matched - refused.length,
    staying: refused.length,
    isCapped: refused.length >= REFUSED_MAX,
    refusals: refusalsByReason(result),
  };
}

/** Groups the refused keys by reason. */
export function refusalsByReason({
  refused,
}: TransferApiKeysResult): TransferRefusal[] {
  const byReason = new Map<string, string[]>();
  for (const { id, reason } of refused) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), id]);
  }
  return [...byReason].map(([reason, ids]) => ({ reason, ids }));
}
