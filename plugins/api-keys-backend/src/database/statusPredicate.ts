import { ApiKeyStatus } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';

type Condition = (query: Knex.QueryBuilder, now: number) => void;

/*
 * Conditions come in pairs, not as one and its negation: a comparison with NULL is neither true nor false in SQL.
 */
const ended: Condition = (query, now) => {
  query.where('expires_at', '<=', now).orWhere('overlap_ends_at', '<=', now);
};

/** "Never" sorts after every time, as in the order by expiry, so that its index can be used. */
const unexpired: Condition = (query, now) => {
  query.whereRaw(`coalesce(expires_at, ${Number.MAX_SAFE_INTEGER}) > ?`, now);
};

const LAST_SIGNS = ['last_used_at', 'kept_alive_at'];
const timeoutAfter = (sign: string) =>
  `coalesce(${sign}, created_at) + inactivity_timeout`;

const unused: Condition = (query, now) => {
  query.whereNotNull('inactivity_timeout');
  for (const sign of LAST_SIGNS) {
    query.whereRaw(`${timeoutAfter(sign)} <= ?`, now);
  }
};

const notUnused: Condition = (query, now) => {
  query.whereNull('inactivity_timeout');
  for (const sign of LAST_SIGNS) {
    query.orWhereRaw(`${timeoutAfter(sign)} > ?`, now);
  }
};

const accepted: Condition = (query, now) => {
  query
    .whereNull('revoked_at')
    .where(q => unexpired(q, now))
    .where(q => notUnused(q, now));
};

const CONDITIONS: Record<ApiKeyStatus, Condition> = {
  active: (query, now) => {
    accepted(query, now);
    query.whereNull('overlap_ends_at');
  },
  retiring: (query, now) => {
    accepted(query, now);
    query.where('overlap_ends_at', '>', now);
  },
  inactive: (query, now) => {
    query
      .whereNull('revoked_at')
      .where(q => unexpired(q, now))
      .where(q =>
        q.whereNull('overlap_ends_at').orWhere('overlap_ends_at', '>', now),
      )
      .where(q => unused(q, now));
  },
  expired: (query, now) => {
    query.whereNull('revoked_at').where(q => ended(q, now));
  },
  revoked: query => {
    query.whereNotNull('revoked_at');
  },
};

/** Limits a query over `api_keys` to keys in one of the statuses: `statusOf` in SQL. */
export function whereStatus(
  query: Knex.QueryBuilder,
  statuses: readonly ApiKeyStatus[],
  now: number,
): void {
  query.where(any => {
    any.whereRaw('1 = 0');
    for (const status of statuses) {
      any.orWhere(one => CONDITIONS[status](one, now));
    }
  });
}

/** Values that decide the status of a row of `api_keys`. SQLite returns numbers. */
export type StatusSigns = Record<
  'is_revoked' | 'has_ended' | 'is_unused' | 'is_rotated',
  boolean | number
>;

/**
 * Columns to group by, from which {@link statusOfSigns} derives a status. PostgreSQL can estimate that they have few values. For
 * a CASE, it expects as many values as there are keys, and does not count in parallel.
 */
export function selectStatusSigns(knex: Knex, now: number): Knex.Raw[] {
  const isPast = LAST_SIGNS.map(sign => `${timeoutAfter(sign)} <= ?`);
  return [
    knex.raw('revoked_at is not null as is_revoked'),
    knex.raw('(expires_at <= ? or overlap_ends_at <= ?) is true as has_ended', [
      now,
      now,
    ]),
    knex.raw(
      `(inactivity_timeout is not null and ${isPast.join(
        ' and ',
      )}) as is_unused`,
      isPast.map(() => now),
    ),
    knex.raw('overlap_ends_at is not null as is_rotated'),
  ];
}

/** Condition of each status on these columns, in this order: the first that holds decides. */
const SIGN_RULES: Record<ApiKeyStatus, (signs: StatusSigns) => unknown> = {
  revoked: signs => signs.is_revoked,
  expired: signs => signs.has_ended,
  inactive: signs => signs.is_unused,
  retiring: signs => signs.is_rotated,
  active: () => true,
};

const STATUSES_IN_ORDER = Object.keys(SIGN_RULES) as ApiKeyStatus[];

/** Maps the columns of {@link selectStatusSigns} to a status. */
export function statusOfSigns(signs: StatusSigns): ApiKeyStatus {
  return STATUSES_IN_ORDER.find(status => SIGN_RULES[status](signs))!;
}
