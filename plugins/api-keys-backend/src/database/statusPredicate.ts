import { ApiKeyStatus } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';

type Condition = (query: Knex.QueryBuilder, now: number) => void;

/*
 * Conditions come in pairs, not as one and its negation: a comparison with NULL is neither true nor false in SQL.
 */
const ended: Condition = (query, now) => {
  query.where('expires_at', '<=', now).orWhere('overlap_ends_at', '<=', now);
};

const notEnded: Condition = (query, now) => {
  query
    // Never is after every time, as in the order by expiry, whose index is of use here.
    .whereRaw(`coalesce(expires_at, ${Number.MAX_SAFE_INTEGER}) > ?`, now)
    .where(q =>
      q.whereNull('overlap_ends_at').orWhere('overlap_ends_at', '>', now),
    );
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
    .where(q => notEnded(q, now))
    .where(q => notUnused(q, now));
};

const CONDITIONS: Record<ApiKeyStatus, Condition> = {
  active: (query, now) => {
    accepted(query, now);
    query.whereNull('overlap_ends_at');
  },
  retiring: (query, now) => {
    accepted(query, now);
    query.whereNotNull('overlap_ends_at');
  },
  inactive: (query, now) => {
    query
      .whereNull('revoked_at')
      .where(q => notEnded(q, now))
      .where(q => unused(q, now));
  },
  expired: (query, now) => {
    query.whereNull('revoked_at').where(q => ended(q, now));
  },
  revoked: query => {
    query.whereNotNull('revoked_at');
  },
};

/** Limits a query over `api_keys` to keys in one of the states: `statusOf` in SQL. */
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

/** The status of a row of `api_keys`: the same once more, as a value. */
export function statusExpression(knex: Knex, now: number): Knex.Raw {
  return knex.raw(
    `case
      when revoked_at is not null then 'revoked'
      when expires_at <= ? or overlap_ends_at <= ? then 'expired'
      when ${LAST_SIGNS.map(sign => `${timeoutAfter(sign)} <= ?`).join(
        ' and ',
      )} then 'inactive'
      when overlap_ends_at is null then 'active'
      else 'retiring'
    end`,
    [now, now, ...LAST_SIGNS.map(() => now)],
  );
}
