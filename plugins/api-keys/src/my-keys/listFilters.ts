import {
  API_KEY_ACCEPTED_STATUSES,
  API_KEY_QUERY_MAX_LENGTH,
  API_KEY_STATUSES,
  ApiKeyOrder,
  ApiKeyStatus,
  isAcceptedStatus,
  ListApiKeysRequest,
} from 'backstage-plugin-api-keys-common';

/** Keys that can be shown together: some statuses, or one. Dead keys stay out of the way until they are asked for. */
export const KEY_GROUPS = [
  'working',
  'ended',
  'all',
  ...API_KEY_STATUSES,
] as const;

export type KeyGroup = (typeof KEY_GROUPS)[number];

/** The orders that make sense for one's own keys, by their words. */
export const LIST_ORDERS = {
  newest: 'createdAt:desc',
  oldest: 'createdAt:asc',
  expiry: 'expiresAt:asc',
  lastUsed: 'lastUsedAt:desc',
  name: 'name:asc',
} as const satisfies Record<string, ApiKeyOrder>;

/** What the list is narrowed down to, and its order. */
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

/** The parameter in the address for each. */
const PARAMS = { group: 'group', search: 'q', orderBy: 'orderBy' } as const;

const FIELDS = ['group', 'search', 'orderBy'] as const;

/** The filters in the address of the page, so that it can be passed on; whatever it does not know, it skips. */
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

/** The way back from {@link readListFilters}, without what is as it is by itself. */
export function writeListFilters(filters: ListFilterValues): URLSearchParams {
  const changed = FIELDS.filter(
    field => filters[field] !== DEFAULT_LIST_FILTERS[field],
  );
  return new URLSearchParams(
    changed.map(field => [PARAMS[field], filters[field]]),
  );
}

/** What the filters mean to the backend. */
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
