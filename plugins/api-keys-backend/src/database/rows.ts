import { ApiKeyRevokedReason } from 'backstage-plugin-api-keys-common';
import { ApiKeyRecord, JudgedKey, RotatedBy } from '../lifecycle/ApiKeyRecord';
import { searchTextOf, sortNameOf } from './searchText';

/** PostgreSQL returns 64-bit integers as text, SQLite as numbers. */
type BigInteger = number | string;

/** A row of `api_keys`, as the database returns it. */
export type ApiKeyRow = {
  id: string;
  secret_digest: string;
  hint: string;
  name: string;
  description: string | null;
  search_text: string;
  sort_name: string;
  owner: string;
  subject: string;
  created_by: string;
  created_at: BigInteger;
  expires_at: BigInteger | null;
  inactivity_timeout: BigInteger | null;
  requested_expires_at: BigInteger | null;
  requested_inactivity_timeout: BigInteger | null;
  chosen_lifetime: BigInteger | null;
  kept_alive_at: BigInteger | null;
  first_used_at: BigInteger | null;
  last_used_at: BigInteger | null;
  last_used_ip: string | null;
  last_used_user_agent: string | null;
  use_count: BigInteger;
  revoked_at: BigInteger | null;
  revoked_by: string | null;
  revoked_reason: ApiKeyRevokedReason | null;
  family_id: string;
  predecessor_id: string | null;
  rotated_by: RotatedBy | null;
  successor_id: string | null;
  overlap_ends_at: BigInteger | null;
  access_restrictions: string | null;
  allowed_ips: string | null;
  scopes: string | null;
  forbidden_plugins: string | null;
  ownership_cap: string | null;
  owner_replaced_at: BigInteger | null;
};

/** What the row of the owner has. */
type OwnerState = {
  owner_missing_since: BigInteger | null;
  owner_unconfirmed_since: BigInteger | null;
};

/** What decides whether a key is accepted, and for what. */
export const JUDGED_COLUMNS = [
  'id',
  'owner',
  'subject',
  'created_at',
  'expires_at',
  'inactivity_timeout',
  'kept_alive_at',
  'first_used_at',
  'last_used_at',
  'revoked_at',
  'revoked_reason',
  'family_id',
  'predecessor_id',
  'overlap_ends_at',
  'access_restrictions',
  'allowed_ips',
  'scopes',
  'forbidden_plugins',
  'ownership_cap',
  'owner_replaced_at',
] as const satisfies (keyof ApiKeyRow)[];

/** These, with what is known of the owner. */
export type JudgedRow = Pick<ApiKeyRow, (typeof JUDGED_COLUMNS)[number]> &
  OwnerState;

/** A row with what is known of the owner, and the uses that were not added to it yet. */
export type ApiKeyRowWithOwner = ApiKeyRow &
  OwnerState & {
    pending_use: BigInteger | null;
    pending_ip: string | null;
    pending_user_agent: string | null;
    pending_count: BigInteger | null;
  };

export function fromRowWithOwner(row: ApiKeyRowWithOwner): ApiKeyRecord {
  const key = { ...fromRow(row), ...fromJudgedRow(row) };
  const pendingUse = optionalNumber(row.pending_use);
  if (pendingUse === undefined) return key;
  const useCount = key.useCount + Number(row.pending_count);
  if (key.lastUsedAt !== undefined && key.lastUsedAt >= pendingUse) {
    return { ...key, useCount };
  }
  return {
    ...key,
    useCount,
    lastUsedAt: pendingUse,
    lastUsedIp: row.pending_ip ?? undefined,
    lastUsedUserAgent: row.pending_user_agent ?? undefined,
  };
}

export function fromJudgedRow(row: JudgedRow): JudgedKey {
  return {
    ...judgedOf(row),
    ownerMissingSince: optionalNumber(row.owner_missing_since),
    ownerUnconfirmedSince: optionalNumber(row.owner_unconfirmed_since),
  };
}

export function fromRow(row: ApiKeyRow): ApiKeyRecord {
  return {
    ...judgedOf(row),
    name: row.name,
    description: row.description ?? undefined,
    createdBy: row.created_by,
    requestedExpiresAt: optionalNumber(row.requested_expires_at),
    requestedInactivityTimeout: optionalNumber(
      row.requested_inactivity_timeout,
    ),
    chosenLifetime: optionalLifetime(row.chosen_lifetime),
    lastUsedIp: row.last_used_ip ?? undefined,
    lastUsedUserAgent: row.last_used_user_agent ?? undefined,
    useCount: Number(row.use_count),
    revokedBy: row.revoked_by ?? undefined,
    hint: row.hint,
    rotatedBy: row.rotated_by ?? undefined,
    successorId: row.successor_id ?? undefined,
  };
}

function judgedOf(row: Omit<JudgedRow, keyof OwnerState>): JudgedKey {
  return {
    id: row.id,
    owner: row.owner,
    subject: row.subject,
    createdAt: Number(row.created_at),
    expiresAt: optionalNumber(row.expires_at),
    inactivityTimeout: optionalNumber(row.inactivity_timeout),
    keptAliveAt: optionalNumber(row.kept_alive_at),
    firstUsedAt: optionalNumber(row.first_used_at),
    lastUsedAt: optionalNumber(row.last_used_at),
    revokedAt: optionalNumber(row.revoked_at),
    revokedReason: row.revoked_reason ?? undefined,
    familyId: row.family_id,
    predecessorId: row.predecessor_id ?? undefined,
    overlapEndsAt: optionalNumber(row.overlap_ends_at),
    accessRestrictions: optionalJson(row.access_restrictions),
    allowedIps: optionalJson(row.allowed_ips),
    scopes: optionalJson(row.scopes),
    forbiddenPlugins: optionalJson(row.forbidden_plugins),
    ownershipCap: optionalJson(row.ownership_cap),
    ownerReplacedAt: optionalNumber(row.owner_replaced_at),
  };
}

export function toRow(key: ApiKeyRecord, secretDigest: string): ApiKeyRow {
  return {
    id: key.id,
    secret_digest: secretDigest,
    hint: key.hint,
    name: key.name,
    description: key.description ?? null,
    search_text: searchTextOf(key),
    sort_name: sortNameOf(key),
    owner: key.owner,
    subject: key.subject,
    created_by: key.createdBy,
    created_at: key.createdAt,
    expires_at: key.expiresAt ?? null,
    inactivity_timeout: key.inactivityTimeout ?? null,
    requested_expires_at: key.requestedExpiresAt ?? null,
    requested_inactivity_timeout: key.requestedInactivityTimeout ?? null,
    chosen_lifetime: lifetimeOrNull(key.chosenLifetime),
    kept_alive_at: key.keptAliveAt ?? null,
    first_used_at: key.firstUsedAt ?? null,
    last_used_at: key.lastUsedAt ?? null,
    last_used_ip: key.lastUsedIp ?? null,
    last_used_user_agent: key.lastUsedUserAgent ?? null,
    use_count: key.useCount,
    revoked_at: key.revokedAt ?? null,
    revoked_by: key.revokedBy ?? null,
    revoked_reason: key.revokedReason ?? null,
    family_id: key.familyId,
    predecessor_id: key.predecessorId ?? null,
    rotated_by: key.rotatedBy ?? null,
    successor_id: key.successorId ?? null,
    overlap_ends_at: key.overlapEndsAt ?? null,
    access_restrictions: jsonOrNull(key.accessRestrictions),
    allowed_ips: jsonOrNull(key.allowedIps),
    scopes: jsonOrNull(key.scopes),
    forbidden_plugins: jsonOrNull(key.forbiddenPlugins),
    ownership_cap: jsonOrNull(key.ownershipCap),
    owner_replaced_at: key.ownerReplacedAt ?? null,
  };
}

export function optionalNumber(value: BigInteger | null): number | undefined {
  return value === null ? undefined : Number(value);
}

/** There is no infinity among 64-bit integers, and no life is as long as the largest number that JavaScript counts to. */
export function lifetimeOrNull(lifetime: number | undefined): number | null {
  return lifetime === undefined
    ? null
    : Math.min(lifetime, Number.MAX_SAFE_INTEGER);
}

function optionalLifetime(value: BigInteger | null): number | undefined {
  const lifetime = optionalNumber(value);
  return lifetime === Number.MAX_SAFE_INTEGER ? Infinity : lifetime;
}

function optionalJson<T>(value: string | null): T | undefined {
  return value === null ? undefined : JSON.parse(value);
}

export function jsonOrNull(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
