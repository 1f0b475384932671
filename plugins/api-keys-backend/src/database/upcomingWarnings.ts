import { ApiKeyWarningKind } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import {
  EXPIRED_NOTICE_WINDOW,
  spanAbove,
  WarningPlan,
} from '../lifecycle/warningPlan';
import { whereInScope } from './keyFilter';
import { KeyVisibility } from './queries';
import { whereStatus } from './statusPredicate';

const NEVER = Number.MAX_SAFE_INTEGER;

/** Must match the expression of the index. */
const INACTIVE_AT = `(case
  when coalesce(kept_alive_at, created_at) > coalesce(last_used_at, created_at) then coalesce(kept_alive_at, created_at)
  else coalesce(last_used_at, created_at) end + inactivity_timeout)`;

/** Limits the warnings to look for. Times are milliseconds since 1970. */
export type WarningQuery = {
  plan: WarningPlan;
  scope: KeyVisibility;
  now: number;
  /** Only warnings that are due by then. */
  until: number;
  /** Treats later claims as sent; undefined ignores claims. */
  leasedSince?: number;
};

/** A row of {@link upcomingWarnings}. PostgreSQL returns 64-bit integers as text. */
export type UpcomingWarningRow = {
  key_id: string;
  key_name: string;
  owner: string;
  kind: ApiKeyWarningKind;
  ends_at: number | string;
  due_at: number | string;
  threshold: number | string;
};

type Kind = {
  kind: ApiKeyWarningKind;
  endsAt: string;
  /** SQL for the full period, for thresholds that apply only in its second half. */
  span: string;
  where(query: Knex.QueryBuilder, now: number): void;
};

const KINDS: readonly Kind[] = [
  {
    kind: 'expiry',
    endsAt: 'expires_at',
    span: 'expires_at - created_at',
    where: (query, now) => whereStatus(query, ['active'], now),
  },
  {
    kind: 'inactivity',
    endsAt: INACTIVE_AT,
    span: 'inactivity_timeout',
    where: (query, now) => {
      whereStatus(query, ['active'], now);
      query.whereNotNull('inactivity_timeout');
      query.whereRaw(`coalesce(expires_at, ${NEVER}) > ${INACTIVE_AT}`);
    },
  },
  {
    kind: 'expired',
    endsAt: 'expires_at',
    span: `${NEVER}`,
    where: (query, now) => {
      query.where('expires_at', '>', now - EXPIRED_NOTICE_WINDOW);
    },
  },
];

/**
 * The next warning of each kind that keys get unless their end changes, as a table to select from.
 *
 * Thresholds are ranges. A key is in the range of the shortest one that has begun, and gets its warning unless this or a more
 * urgent one was recorded for the same end; otherwise the longest that has not begun. `__testUtils__/nextWarnings.ts` implements
 * the rule in plain code; a property test compares the two.
 */
export function upcomingWarnings(
  knex: Knex,
  query: WarningQuery,
): Knex.QueryBuilder {
  const kinds = KINDS.filter(({ kind }) => query.plan[kind].length > 0);
  const [first, ...others] = kinds.map(kind => keysOf(knex, kind, query));
  if (!first) return noWarnings(knex);
  const placed = knex
    // Materialized, since PostgreSQL would otherwise compute each value wherever it is used.
    .withMaterialized('ends', first.unionAll(others))
    .withMaterialized(
      'warnings',
      knex
        .select('*', knex.raw(`${nextOf(query.plan)} as threshold`))
        .from('ends'),
    )
    .select('*', knex.raw('ends_at - threshold as due_at'))
    .from('warnings')
    .whereNotNull('threshold');
  return (
    knex
      .from(placed.as('placed'))
      .where('due_at', '<=', query.until)
      // A key that goes inactive before then gets no warning of a later end.
      .whereRaw('inactive_at > due_at')
  );
}

/** The keys that may get warnings of a kind, with the most urgent warning that was recorded for this end. */
function keysOf(
  knex: Knex,
  { kind, endsAt, span, where }: Kind,
  { plan, scope, now, until, leasedSince = NEVER }: WarningQuery,
) {
  const told = knex('api_key_warnings as told')
    .min('told.threshold')
    .whereRaw('told.key_id = api_keys.id and told.owner = api_keys.owner')
    .whereRaw(`told.kind = '${kind}' and told.ends_at = ${endsAt}`)
    .whereRaw('(told.sent_at is not null or told.claimed_at > ?)', leasedSince);
  return knex('api_keys')
    .select(
      'id as key_id',
      'name as key_name',
      'owner',
      knex.raw(`'${kind}' as kind`),
      knex.raw(`${endsAt} as ends_at`),
      knex.raw(`coalesce(${INACTIVE_AT}, ${NEVER}) as inactive_at`),
      knex.raw(`${span} as span`),
      // Time until the end, accurate for warnings that are due.
      knex.raw(`${endsAt} - ${now} as remaining`),
      told.as('told'),
    )
    .modify(query => whereInScope(query, scope))
    .whereNull('revoked_at')
    .whereNull('overlap_ends_at')
    .whereRaw(`${endsAt} <= ?`, until + Math.max(...plan[kind]))
    .modify(query => where(query, now));
}

/** The longest threshold that is more urgent than the recorded warning, and before which no shorter one has begun. */
function nextOf(plan: WarningPlan): string {
  const rows = KINDS.flatMap(({ kind }) =>
    plan[kind].map((threshold, index) => {
      const shorter = plan[kind][index - 1] ?? -NEVER;
      return `('${kind}', ${threshold}, ${shorter}, ${spanAbove(threshold)})`;
    }),
  );
  // Both databases name the columns of VALUES column1, column2, …
  return `(select max(t.column2) from (values ${rows.join(', ')}) as t
    where t.column1 = kind and t.column2 < coalesce(told, ${NEVER})
      and t.column3 < remaining and t.column4 < span)`;
}

function noWarnings(knex: Knex) {
  const nothing = knex('api_key_warnings')
    .select('*', 'ends_at as due_at', 'key_id as key_name')
    .whereRaw('1 = 0');
  return knex.from(nothing.as('placed'));
}
