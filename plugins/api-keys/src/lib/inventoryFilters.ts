import {
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
  ApiKeyFilter,
  ApiKeyOrder,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What to look out for among keys. */
export const KEY_CONCERNS = [
  'expiring-7d',
  'expiring-30d',
  'unused-90d',
  'never-used',
  'without-expiry',
] as const;

export type KeyConcern = (typeof KEY_CONCERNS)[number];

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

/** What the inventory is narrowed down to, and its order. */
export type InventoryFilters = {
  search: string;
  /** Entity ref; empty for everybody. */
  owner: string;
  /** Empty for all. */
  status: ApiKeyStatus[];
  concern: KeyConcern | 'any';
  orderBy: (typeof INVENTORY_ORDERS)[number];
};

export const DEFAULT_FILTERS: InventoryFilters = {
  search: '',
  owner: '',
  status: [],
  concern: 'any',
  orderBy: 'createdAt:desc',
};

/** The filters in the address of a page, so that it can be passed on; whatever it does not know, it skips. */
export function readFilters(params: URLSearchParams): InventoryFilters {
  const known = <T extends string>(values: readonly T[], name: string) =>
    values.filter(value => params.getAll(name).includes(value));
  return {
    search: (params.get('q') ?? '').slice(0, API_KEY_QUERY_MAX_LENGTH),
    owner: params.get('owner') ?? '',
    status: known(API_KEY_STATUSES, 'status'),
    concern: known(KEY_CONCERNS, 'concern')[0] ?? DEFAULT_FILTERS.concern,
    orderBy: known(INVENTORY_ORDERS, 'orderBy')[0] ?? DEFAULT_FILTERS.orderBy,
  };
}

/** The way back from {@link readFilters}, without what is as it is by itself. */
export function writeFilters(filters: InventoryFilters): URLSearchParams {
  const { search, owner, status, concern, orderBy } = filters;
  const params = new URLSearchParams();
  if (search) params.set('q', search);
  if (owner) params.set('owner', owner);
  for (const each of status) params.append('status', each);
  if (concern !== DEFAULT_FILTERS.concern) params.set('concern', concern);
  if (orderBy !== DEFAULT_FILTERS.orderBy) params.set('orderBy', orderBy);
  return params;
}

/** What the filters mean to the backend at a moment; without a field if they let everything through. */
export function toKeyFilter(
  filters: Omit<InventoryFilters, 'orderBy'>,
  now: number,
): ApiKeyFilter {
  const { search, owner, status, concern } = filters;
  return {
    ...(search && { q: search }),
    ...(owner && { owner }),
    ...(status.length > 0 && { status }),
    ...filterOf(concern, now),
  };
}

function filterOf(concern: InventoryFilters['concern'], now: number) {
  const inDays = (days: number) => new Date(now + days * DAY_MS).toISOString();
  switch (concern) {
    case 'expiring-7d':
      return { expiresBefore: inDays(7) };
    case 'expiring-30d':
      return { expiresBefore: inDays(30) };
    case 'unused-90d':
      return { unusedSince: inDays(-90) };
    case 'never-used':
      return { neverUsed: true };
    case 'without-expiry':
      return { withoutExpiry: true };
    default:
      return {};
  }
}
