import { Knex } from 'knex';
import { KeyFilter, KeyScope } from './ApiKeyStore';
import { whereStatus } from './statusPredicate';

/** Limits a query over `api_keys` to what exists for somebody. */
export function whereInScope(query: Knex.QueryBuilder, scope: KeyScope): void {
  const { owners, condition } = scope;
  if (owners !== 'everybody') query.whereIn('owner', owners);
  if (condition) query.where(q => condition(q));
}

/** Limits a query over `api_keys` to keys that have all that the filter asks for. */
export function whereFilter(
  query: Knex.QueryBuilder,
  filter: KeyFilter,
  now: number,
): void {
  const { statuses, text, owner, expiresBefore, createdBefore } = filter;
  if (statuses) whereStatus(query, statuses, now);
  if (text) whereText(query, text);
  if (owner !== undefined) query.where({ owner });
  if (expiresBefore !== undefined) {
    query.where('expires_at', '<', expiresBefore);
  }
  if (createdBefore !== undefined) {
    query.where('created_at', '<', createdBefore);
  }
  if (filter.unusedSince !== undefined) {
    query.whereRaw('coalesce(last_used_at, created_at) < ?', [
      filter.unusedSince,
    ]);
  }
  whereMissing(query, 'last_used_at', filter.neverUsed);
  whereMissing(query, 'expires_at', filter.withoutExpiry);
}

function whereText(query: Knex.QueryBuilder, text: string) {
  const literal = text.toLowerCase().replace(/[\\%_]/g, '\\$&');
  query.whereRaw(`search_text like ? escape '\\'`, `%${literal}%`);
}

function whereMissing(
  query: Knex.QueryBuilder,
  column: string,
  missing: boolean | undefined,
) {
  if (missing === true) query.whereNull(column);
  if (missing === false) query.whereNotNull(column);
}
