import {
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
  ApiKeyFilter,
  ApiKeyOrder,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { toScope } from '../restrictions/scopes';
import { afterDay, DAY_MS, isDay, startOfDay } from '../time/days';

/** What to look out for among keys. */
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

/** How long ago keys were made at least, in days. */
const AGES = { '7d': 7, '30d': 30, '90d': 90, '365d': 365 };

export const KEY_AGES = ['any', '7d', '30d', '90d', '365d'] as const;

/** The orders that make sense for everybody's keys. */
export const INVENTORY_ORDERS = [
  'createdAt:desc',
  'createdAt:asc',
  'expiresAt:asc',
  'lastUsedAt:desc',
  'lastUsedAt:asc',
  'owner:asc',
  'name:asc',
] as const satisfies readonly ApiKeyOrder[];

/** What the inventory is narrowed down to, and its order. Empty texts are for everything; days are in UTC. */
export type InventoryFilters = {
  search: string;
  /** Entity ref. */
  owner: string;
  /** What the keys carry. */
  scope: string;
  /** Empty for all. */
  status: ApiKeyStatus[];
  concern: KeyConcern | 'any';
  age: (typeof KEY_AGES)[number];
  /** The first and the last day on which keys expire. */
  expiresFrom: string;
  expiresTo: string;
  /** A day on which keys were used. */
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

/** The parameter in the address for each filter. */
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

/** The filters in the address of a page, so that it can be passed on; whatever it does not know, it skips. */
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

/** The way back from {@link readFilters}, without what is as it is by itself. */
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

/** What the filters mean to the backend at a moment; without a field if they let everything through. */
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
