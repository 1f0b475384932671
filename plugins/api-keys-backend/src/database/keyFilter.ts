import { Knex } from 'knex';
import { isPostgres } from './dialect';
import { KeyFilter, KeyVisibility } from './queries';
import { whereText } from './searchText';
import { whereStatus } from './statusPredicate';

/** Must match the expression of the index, or the database does not use it. */
const CUT_SHORT = `(revoked_at is null
  and (expires_at is distinct from requested_expires_at
    or inactivity_timeout is distinct from requested_inactivity_timeout))`;

const OWNER_MISSING = `owner in (select owner from api_key_owners where missing_since is not null)`;

const OWNER_UNCONFIRMED = `owner in (select owner from api_key_owners where unconfirmed_since is not null)`;

const USED_ON = `id in (select key_id from api_key_usage where day = ?)`;

const FAMILY_LIVES = `exists (
  select 1 from api_keys as other
  where other.family_id = api_keys.family_id and other.id <> api_keys.id and other.revoked_at is null)`;

const ROTATED_OUT_SEEN = `family_id in (
  select family_id from api_keys where id in (
    select key_id from api_key_events where type = 'rotated-key-presented' and at >= ?))`;

/** Returns true if the scope contains every key. */
export function isEverything({ owners, condition }: KeyVisibility): boolean {
  return owners === 'everybody' && !condition;
}

/** Limits a query over `api_keys` to the keys in a scope. */
export function whereInScope(
  query: Knex.QueryBuilder,
  scope: KeyVisibility,
): void {
  const { owners, condition } = scope;
  if (owners !== 'everybody') {
    // The present holder of an entity ref must not see keys that a previous holder left behind.
    query.whereIn('owner', owners).whereNull('owner_replaced_at');
  }
  if (condition) query.where(q => condition(q));
}

/** Returns a query for the ids of the keys in a scope. */
export function idsInScope(
  knex: Knex,
  scope: KeyVisibility,
): Knex.QueryBuilder {
  return knex('api_keys')
    .select('id')
    .modify(query => whereInScope(query, scope));
}

/** Limits a query over `api_keys` to keys that match all conditions of the filter. */
export function whereFilter(
  query: Knex.QueryBuilder,
  filter: KeyFilter,
  now: number,
): void {
  const { statuses, text, owner, expiresFrom, expiresBefore } = filter;
  if (statuses) whereStatus(query, statuses, now);
  if (text) whereText(query, text);
  if (owner !== undefined) query.where({ owner });
  if (filter.familyId !== undefined) {
    query.where({ family_id: filter.familyId });
  }
  if (expiresBefore !== undefined) {
    query.where('expires_at', '<', expiresBefore);
  }
  if (expiresFrom !== undefined) {
    query.where('expires_at', '>=', expiresFrom);
  }
  if (filter.createdBefore !== undefined) {
    query.where('created_at', '<', filter.createdBefore);
  }
  if (filter.revokedSince !== undefined) {
    query.where('revoked_at', '>=', filter.revokedSince);
  }
  if (filter.unusedSince !== undefined) {
    query.whereRaw('coalesce(last_used_at, created_at) < ?', [
      filter.unusedSince,
    ]);
  }
  whereMissing(query, 'last_used_at', filter.neverUsed);
  whereMissing(query, 'expires_at', filter.withoutExpiry);
  whereMissing(query, 'access_restrictions', filter.unrestricted);
  if (filter.scope !== undefined) whereScope(query, filter.scope);
  whereIs(query, CUT_SHORT, filter.cutShort);
  whereIs(query, OWNER_MISSING, filter.ownerMissing);
  whereIs(query, FAMILY_LIVES, filter.familyLives);
  whereIs(query, OWNER_UNCONFIRMED, filter.ownerUnconfirmed);
  if (filter.usedOn !== undefined) {
    query.whereRaw(USED_ON, [filter.usedOn]);
  }
  if (filter.rotatedOutSeenSince !== undefined) {
    query.whereRaw(ROTATED_OUT_SEEN, [filter.rotatedOutSeenSince]);
  }
}

/** The first condition matches that of the index. */
function whereScope(query: Knex.QueryBuilder, scope: string) {
  query.whereNotNull('scopes');
  if (isPostgres(query)) {
    query.whereRaw('scopes::jsonb @> ?::jsonb', [JSON.stringify([scope])]);
  } else {
    query.whereRaw('? in (select value from json_each(api_keys.scopes))', [
      scope,
    ]);
  }
}

function whereIs(
  query: Knex.QueryBuilder,
  condition: string,
  holds: boolean | undefined,
) {
  if (holds === undefined) return;
  query.whereRaw(holds ? condition : `not ${condition}`);
}

function whereMissing(
  query: Knex.QueryBuilder,
  column: string,
  missing: boolean | undefined,
) {
  if (missing === true) query.whereNull(column);
  if (missing === false) query.whereNotNull(column);
}
