import { ApiKeysUsage } from 'backstage-plugin-api-keys-common';
import { afterDay, dayOf } from '../../shared/time/days';

/** How far back the list looks, including today. */
export const SPARKLINE_DAYS = 30;

/** How often a key was used on each of the last days, eldest first. */
export function dailyUses(
  uses: readonly Omit<ApiKeysUsage['items'][number], 'keyId'>[],
  now: number,
): number[] {
  const byDay = new Map(uses.map(each => [each.day, each.uses]));
  const first = afterDay(dayOf(now), 1 - SPARKLINE_DAYS);
  return Array.from(
    { length: SPARKLINE_DAYS },
    (_, i) => byDay.get(afterDay(first, i)) ?? 0,
  );
}
