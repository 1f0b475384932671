import {
  API_KEY_ACCEPTED_STATUSES,
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
  ApiKeyOrder,
  ApiKeyStatus,
  isAcceptedStatus,
  ListApiKeysRequest,
} from 'backstage-plugin-api-keys-common';

/** Groups of statuses that the list can show. Ended keys are hidden by default. */
export const KEY_GROUPS = [
  'working',
  'ended',
  'all',
  ...API_KEY_STATUSES,
] as const;

export type KeyGroup = (typeof KEY_GROUPS)[number];

/** Orders of the list, by message key. */
export const LIST_ORDERS = {
  newest: 'createdAt:desc',
  oldest: 'createdAt:asc',
  expiry: 'expiresAt:asc',
  lastUsed: 'lastUsedAt:desc',
  name: 'name:asc',
} as const satisfies Record<string, ApiKeyOrder>;

/** Filters and order of the list. */
export type ListFilterValues = {
  group: KeyGroup;
  search: string;
  orderBy: (typeof LIST_ORDERS)[keyof typeof LIST_ORDERS];
};

export const DEFAULT_LIST_FILTERS: ListFilterValues = {
  group: 'working',
  search: '',
  orderBy: 'createdAt:desc',
};

/** Search parameter of each filter. */
const PARAMS = { group: 'group', search: 'q', orderBy: 'orderBy' } as const;

const FIELDS = ['group', 'search', 'orderBy'] as const;

/** Reads the filters from the URL. Unknown values are ignored. */
export function readListFilters(params: URLSearchParams): ListFilterValues {
  const { group, orderBy } = DEFAULT_LIST_FILTERS;
  const known = <T extends string>(values: readonly T[], name: string) =>
    values.find(value => value === params.get(name));
  return {
    group: known(KEY_GROUPS, PARAMS.group) ?? group,
    search: (params.get(PARAMS.search) ?? '').slice(
      0,
      API_KEY_QUERY_MAX_LENGTH,
    ),
    orderBy: known(Object.values(LIST_ORDERS), PARAMS.orderBy) ?? orderBy,
  };
}

/** Writes filters to search parameters, without those that have their default. */
export function writeListFilters(filters: ListFilterValues): URLSearchParams {
  const changed = FIELDS.filter(
    field => filters[field] !== DEFAULT_LIST_FILTERS[field],
  );
  return new URLSearchParams(
    changed.map(field => [PARAMS[field], filters[field]]),
  );
}

/** Converts the filters to a query. */
export function toApiKeysQuery(
  filters: ListFilterValues,
): Pick<ListApiKeysRequest, 'status' | 'q' | 'orderBy'> {
  const { group, search, orderBy } = filters;
  return { status: statusesOf(group), q: search.trim() || undefined, orderBy };
}

function statusesOf(group: KeyGroup): ApiKeyStatus[] | undefined {
  if (group === 'all') return undefined;
  if (group === 'working') return [...API_KEY_ACCEPTED_STATUSES];
  if (group === 'ended') {
    return API_KEY_STATUSES.filter(status => !isAcceptedStatus(status));
  }
  return [group];
}
