import {
  API_KEY_STATUSES,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { ACCEPTED_STATUSES } from '../lifecycle/status';
import { DAY } from '../lifecycle/time';
import { KeyScope, KeySummary } from './ApiKeyStore';
import { whereInScope } from './keyFilter';
import { statusExpression, whereStatus } from './statusPredicate';

const CALENDAR_DAYS = 90;

/** What is counted of the keys in each state. PostgreSQL returns counts as text. */
type Counts = {
  status: ApiKeyStatus;
  keys: number | string;
  expiring_in_7_days: number | string;
  expiring_in_30_days: number | string;
  without_expiry: number | string;
  never_used: number | string;
  idle_90_days: number | string;
  revoked_in_7_days: number | string;
};

/** Keys in numbers, in one pass over them, and one over those that expire soon. */
export async function summarize(
  knex: Knex,
  scope: KeyScope,
  now: number,
): Promise<KeySummary> {
  const countsByStatus = await countByStatus(knex, scope, now);
  const sum = (column: keyof Counts, statuses: readonly ApiKeyStatus[]) =>
    countsByStatus
      .filter(({ status }) => statuses.includes(status))
      .reduce((total, counts) => total + Number(counts[column]), 0);
  return {
    totalItems: sum('keys', API_KEY_STATUSES),
    byStatus: {
      active: sum('keys', ['active']),
      retiring: sum('keys', ['retiring']),
      inactive: sum('keys', ['inactive']),
      expired: sum('keys', ['expired']),
      revoked: sum('keys', ['revoked']),
    },
    expiringIn7Days: sum('expiring_in_7_days', ACCEPTED_STATUSES),
    expiringIn30Days: sum('expiring_in_30_days', ACCEPTED_STATUSES),
    withoutExpiry: sum('without_expiry', ACCEPTED_STATUSES),
    neverUsed: sum('never_used', ACCEPTED_STATUSES),
    idle90Days: sum('idle_90_days', ACCEPTED_STATUSES),
    revokedIn7Days: sum('revoked_in_7_days', ['revoked']),
    expiriesByDay: await countExpiries(knex, scope, now),
  };
}

async function countByStatus(
  knex: Knex,
  scope: KeyScope,
  now: number,
): Promise<Counts[]> {
  const countWhere = (condition: string, at: number, name: keyof Counts) =>
    knex.raw(`sum(case when ${condition} then 1 else 0 end) as ??`, [at, name]);
  const ends = 'expires_at <= ?';
  return knex('api_keys')
    .modify(query => whereInScope(query, scope))
    .select(
      knex.raw('? as status', statusExpression(knex, now)),
      knex.raw('count(*) as keys'),
      countWhere(ends, now + 7 * DAY, 'expiring_in_7_days'),
      countWhere(ends, now + 30 * DAY, 'expiring_in_30_days'),
      knex.raw(
        'sum(case when expires_at is null then 1 else 0 end) as without_expiry',
      ),
      knex.raw(
        'sum(case when last_used_at is null then 1 else 0 end) as never_used',
      ),
      countWhere(
        'coalesce(last_used_at, created_at) < ?',
        now - 90 * DAY,
        'idle_90_days',
      ),
      countWhere('revoked_at >= ?', now - 7 * DAY, 'revoked_in_7_days'),
    )
    .groupByRaw('1');
}

async function countExpiries(
  knex: Knex,
  scope: KeyScope,
  now: number,
): Promise<Map<number, number>> {
  const rows: { day: number | string; keys: number | string }[] = await knex(
    'api_keys',
  )
    .modify(query => whereInScope(query, scope))
    .modify(query => whereStatus(query, ACCEPTED_STATUSES, now))
    // Dividing whole numbers gives whole numbers on both databases.
    .select(
      knex.raw(`expires_at / ${DAY} as day`),
      knex.raw('count(*) as keys'),
    )
    .where('expires_at', '<', now + CALENDAR_DAYS * DAY)
    .groupByRaw('1')
    .orderByRaw('1');
  return new Map(
    rows.map(({ day, keys }) => [Number(day) * DAY, Number(keys)]),
  );
}
