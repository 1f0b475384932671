import { ApiKeyUsage } from 'backstage-plugin-api-keys-common';
import { afterDay, dayOf } from '../../shared/time/days';

type Uses = ApiKeyUsage['items'];

/** Days of usage that the page of a key shows, including today. */
export const USAGE_DAYS = 30;

/** More colours would be hard to distinguish. */
const PARTS_MAX = 6;

/** Uses of a plugin. `null` stands for all plugins without a colour of their own. */
export type PluginUses = { plugin: string | null; uses: number };

export type DayUses = { day: string; uses: number; parts: PluginUses[] };

/** Uses by day and in total, both in the same order of plugins. */
export type UsageChartData = {
  days: DayUses[];
  plugins: PluginUses[];
  total: number;
};

/** Arranges uses for a chart: most used plugins first, the rest combined. */
export function usageChart(uses: Uses, now: number): UsageChartData {
  const first = afterDay(dayOf(now), 1 - USAGE_DAYS);
  const days = Array.from({ length: USAGE_DAYS }, (_, i) => afterDay(first, i));
  const shown = uses.filter(({ day }) => days.includes(day));
  const ranked = rank(shown);
  const isTooMany = ranked.length > PARTS_MAX;
  const named = isTooMany ? ranked.slice(0, PARTS_MAX - 1) : ranked;
  const plugins = isTooMany ? [...named, null] : named;
  const partsOf = (some: Uses): PluginUses[] =>
    plugins.map(plugin => ({
      plugin,
      uses: sum(
        some.filter(each =>
          plugin === null
            ? !named.includes(each.plugin)
            : each.plugin === plugin,
        ),
      ),
    }));
  return {
    days: days.map(day => {
      const ofDay = shown.filter(each => each.day === day);
      return {
        day,
        uses: sum(ofDay),
        parts: partsOf(ofDay).filter(part => part.uses > 0),
      };
    }),
    plugins: partsOf(shown),
    total: sum(shown),
  };
}

function sum(uses: Uses): number {
  return uses.reduce((total, each) => total + each.uses, 0);
}

/** Sorts by uses, then by name for a stable order. */
function rank(uses: Uses): string[] {
  const totals = new Map<string, number>();
  for (const { plugin, uses: count } of uses) {
    totals.set(plugin, (totals.get(plugin) ?? 0) + count);
  }
  return [...totals]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([plugin]) => plugin);
}
