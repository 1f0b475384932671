import {
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
  ApiKeyFilter,
  ApiKeyOrder,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { toScope } from '../restrictions/scopes';
import { afterDay, DAY_MS, isDay, startOfDay } from '../time/days';

/** Filters for keys that need attention. */
export const KEY_CONCERNS = [
  'expiring-7d',
  'expiring-30d',
  'unused-90d',
  'never-used',
  'without-expiry',
  'unrestricted',
  'cut-short',
  'owner-missing',
  'owner-unconfirmed',
  'rotated-out-seen',
  'revoked-7d',
] as const;

export type KeyConcern = (typeof KEY_CONCERNS)[number];

/** Minimum ages of keys, in days. */
const AGES = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

export const KEY_AGES = ['any', '7d', '30d', '90d', '365d'] as const;

/** Orders of the inventory. */
export const INVENTORY_ORDERS = [
  'createdAt:desc',
  'createdAt:asc',
  'expiresAt:asc',
  'lastUsedAt:desc',
  'lastUsedAt:asc',
  'owner:asc',
  'name:asc',
] as const satisfies readonly ApiKeyOrder[];

/** Filters and order of the inventory. Empty strings select everything; days are in UTC. */
export type InventoryFilters = {
  search: string;
  /** Entity ref. */
  owner: string;
  /** Scope of the keys. */
  scope: string;
  /** Empty for all. */
  status: ApiKeyStatus[];
  concern: KeyConcern | 'any';
  age: (typeof KEY_AGES)[number];
  /** First and last day of expiry. */
  expiresFrom: string;
  expiresTo: string;
  /** Day on which keys were used. */
  usedOn: string;
  orderBy: (typeof INVENTORY_ORDERS)[number];
};

export const DEFAULT_FILTERS: InventoryFilters = {
  search: '',
  owner: '',
  scope: '',
  status: [],
  concern: 'any',
  age: 'any',
  expiresFrom: '',
  expiresTo: '',
  usedOn: '',
  orderBy: 'createdAt:desc',
};

/** Search parameter of each filter. */
const PARAMS = {
  search: 'q',
  owner: 'owner',
  scope: 'scope',
  status: 'status',
  concern: 'concern',
  age: 'age',
  expiresFrom: 'expiresFrom',
  expiresTo: 'expiresTo',
  usedOn: 'usedOn',
  orderBy: 'orderBy',
} as const satisfies Record<keyof InventoryFilters, string>;

/** Reads the filters from search parameters. Unknown values are ignored. */
export function readFilters(params: URLSearchParams): InventoryFilters {
  const known = <T extends string>(values: readonly T[], name: string) =>
    values.filter(value => params.getAll(name).includes(value));
  const day = (name: string) => {
    const value = params.get(name) ?? '';
    return isDay(value) ? value : '';
  };
  return {
    search: (params.get('q') ?? '').slice(0, API_KEY_QUERY_MAX_LENGTH),
    owner: params.get('owner') ?? '',
    scope: toScope(params.get('scope') ?? '') ?? '',
    status: known(API_KEY_STATUSES, 'status'),
    concern: known(KEY_CONCERNS, 'concern')[0] ?? DEFAULT_FILTERS.concern,
    age: known(KEY_AGES, 'age')[0] ?? DEFAULT_FILTERS.age,
    expiresFrom: day('expiresFrom'),
    expiresTo: day('expiresTo'),
    usedOn: day('usedOn'),
    orderBy: known(INVENTORY_ORDERS, 'orderBy')[0] ?? DEFAULT_FILTERS.orderBy,
  };
}

/** Writes filters to search parameters, without those that have their default. */
export function writeFilters(filters: InventoryFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const [field, name] of Object.entries(PARAMS)) {
    const value = filters[field as keyof InventoryFilters];
    const byDefault = DEFAULT_FILTERS[field as keyof InventoryFilters];
    if (value === byDefault) continue;
    for (const each of [value].flat()) params.append(name, each);
  }
  return params;
}

/** Converts the filters to a query. Filters that select everything are left out. */
export function toKeyFilter(
  filters: Omit<InventoryFilters, 'orderBy'>,
  now: number,
): ApiKeyFilter {
  const { search, owner, scope, status, concern, age, usedOn } = filters;
  return {
    ...(search.trim() && { q: search.trim() }),
    ...(owner && { owner }),
    ...(scope && { scope }),
    ...(status.length > 0 && { status }),
    ...filterOf(concern, now),
    ...(age !== 'any' && { createdBefore: daysAfter(now, -AGES[age]) }),
    ...expiryOf(filters),
    ...(usedOn && { usedOn }),
  };
}

function filterOf(
  concern: InventoryFilters['concern'],
  now: number,
): ApiKeyFilter {
  switch (concern) {
    case 'expiring-7d':
      return { expiresBefore: daysAfter(now, 7) };
    case 'expiring-30d':
      return { expiresBefore: daysAfter(now, 30) };
    case 'unused-90d':
      return { unusedSince: daysAfter(now, -90) };
    case 'never-used':
      return { neverUsed: true };
    case 'without-expiry':
      return { withoutExpiry: true };
    case 'unrestricted':
      return { unrestricted: true };
    case 'cut-short':
      return { cutShort: true };
    case 'owner-missing':
      return { ownerMissing: true };
    case 'owner-unconfirmed':
      return { ownerUnconfirmed: true };
    case 'rotated-out-seen':
      return { rotatedOutSeenSince: daysAfter(now, -30) };
    case 'revoked-7d':
      return { revokedSince: daysAfter(now, -7) };
    case 'any':
      return {};
    default:
      throw new Error(`Unknown concern: ${concern satisfies never}`);
  }
}

function expiryOf({
  expiresFrom,
  expiresTo,
}: Pick<InventoryFilters, 'expiresFrom' | 'expiresTo'>): ApiKeyFilter {
  return {
    ...(expiresFrom && { expiresFrom: startOfDay(expiresFrom) }),
    ...(expiresTo && { expiresBefore: startOfDay(afterDay(expiresTo)) }),
  };
}

function daysAfter(now: number, days: number): string {
  return new Date(now + days * DAY_MS).toISOString();
}
