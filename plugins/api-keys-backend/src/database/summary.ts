import {
  API_KEY_ACCEPTED_STATUSES,
  API_KEY_STATUSES,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { DAY } from '../lifecycle/time';
import { whereInScope } from './keyFilter';
import { KeyVisibility, KeySummary } from './queries';
import {
  selectStatusSigns,
  statusOfSigns,
  StatusSigns,
} from './statusPredicate';

const CALENDAR_DAYS = 90;

/** Counted columns. PostgreSQL returns counts as text. */
type Counts = Record<
  | 'keys'
  | 'expiring_in_7_days'
  | 'expiring_in_30_days'
  | 'expiring_in_calendar'
  | 'used'
  | 'idle_90_days'
  | 'revoked_in_7_days',
  number | string
>;

/** Keys with equal status columns that expire on the same day, counted from 1970; null is never. */
type Group = Counts & StatusSigns & { day: number | string | null };

/** Numbers of keys, in one pass over them. */
export async function summarize(
  knex: Knex,
  scope: KeyVisibility,
  now: number,
): Promise<KeySummary> {
  const groups = await countGroups(knex, scope, now);
  const inStatus = (...statuses: readonly ApiKeyStatus[]) =>
    groups.filter(group => statuses.includes(statusOfSigns(group)));
  const accepted = inStatus(...API_KEY_ACCEPTED_STATUSES);
  return {
    totalItems: sum(groups, 'keys'),
    byStatus: Object.fromEntries(
      API_KEY_STATUSES.map(status => [status, sum(inStatus(status), 'keys')]),
    ) as KeySummary['byStatus'],
    expiringIn7Days: sum(accepted, 'expiring_in_7_days'),
    expiringIn30Days: sum(accepted, 'expiring_in_30_days'),
    withoutExpiry: sum(
      accepted.filter(({ day }) => day === null),
      'keys',
    ),
    neverUsed: sum(accepted, 'keys') - sum(accepted, 'used'),
    idle90Days: sum(accepted, 'idle_90_days'),
    revokedIn7Days: sum(inStatus('revoked'), 'revoked_in_7_days'),
    expiriesByDay: expiriesByDay(accepted),
  };
}

function countGroups(
  knex: Knex,
  scope: KeyVisibility,
  now: number,
): Promise<Group[]> {
  const countWhere = (condition: string, at: number, name: keyof Counts) =>
    knex.raw(`count(*) filter (where ${condition}) as ??`, [at, name]);
  const ends = 'expires_at <= ?';
  return knex('api_keys')
    .modify(query => whereInScope(query, scope))
    .select(
      // Division of integers gives integers on both databases.
      knex.raw(`expires_at / ${DAY} as day`),
      ...selectStatusSigns(knex, now),
      knex.raw('count(*) as keys'),
      countWhere(ends, now + 7 * DAY, 'expiring_in_7_days'),
      countWhere(ends, now + 30 * DAY, 'expiring_in_30_days'),
      countWhere(
        'expires_at < ?',
        now + CALENDAR_DAYS * DAY,
        'expiring_in_calendar',
      ),
      knex.raw('count(last_used_at) as used'),
      countWhere(
        'coalesce(last_used_at, created_at) < ?',
        now - 90 * DAY,
        'idle_90_days',
      ),
      countWhere('revoked_at >= ?', now - 7 * DAY, 'revoked_in_7_days'),
    )
    .groupByRaw('1, 2, 3, 4, 5')
    .orderByRaw('1');
}

function expiriesByDay(groups: readonly Group[]): Map<number, number> {
  const expiries = new Map<number, number>();
  for (const group of groups) {
    const keys = Number(group.expiring_in_calendar);
    const day = Number(group.day) * DAY;
    if (keys > 0) expiries.set(day, (expiries.get(day) ?? 0) + keys);
  }
  return expiries;
}

function sum(groups: readonly Group[], column: keyof Counts): number {
  return groups.reduce((total, group) => total + Number(group[column]), 0);
}
