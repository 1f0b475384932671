import { ApiKeySummary } from 'backstage-plugin-api-keys-common';
import { afterDay, dayOf } from '../../../shared/time/days';

/** A count for a range of days. */
export type DaysCount = { from: string; to: string; count: number };

const WEEKS = 13;
const USAGE_DAYS = 30;

/** Counts expiring keys by week, starting today. */
export function expiriesByWeek(
  calendar: ApiKeySummary['expiryCalendar'],
  now: number,
): DaysCount[] {
  return spans(dayOf(now), 7, WEEKS, day =>
    calendar.filter(each => each.day === day).map(({ keys }) => keys),
  );
}

/** Counts requests by day for the last 30 days. */
export function usesByDay(
  uses: ApiKeySummary['usesPerDay'],
  now: number,
): DaysCount[] {
  return spans(afterDay(dayOf(now), 1 - USAGE_DAYS), 1, USAGE_DAYS, day =>
    uses.filter(each => each.day === day).map(each => each.uses),
  );
}

function spans(
  start: string,
  length: number,
  spansCount: number,
  countsOn: (day: string) => number[],
): DaysCount[] {
  return Array.from({ length: spansCount }, (_, i) => {
    const days = Array.from({ length }, (_day, nth) =>
      afterDay(start, i * length + nth),
    );
    const count = days.flatMap(countsOn).reduce((sum, each) => sum + each, 0);
    return { from: days[0], to: days[length - 1], count };
  });
}
