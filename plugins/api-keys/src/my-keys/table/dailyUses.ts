import { ApiKeysUsage } from 'backstage-plugin-api-keys-common';
import { afterDay, dayOf } from '../../shared/time/days';

/** Days of usage that the list shows, including today. */
export const SPARKLINE_DAYS = 30;

/** Returns uses by day, oldest first. */
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
