import {
  API_KEY_STATUSES,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { useMemo, useState } from 'react';
import useDebounce from 'react-use/lib/useDebounce';
import { ApiKeysQuery } from '../../hooks/useApiKeys';
import type { KeyGroup, ListFilterValues } from '../ListFilters/ListFilters';

/** How long the typing has to rest before the backend is asked, in milliseconds. */
const DEBOUNCE = 300;

const WORKING: ApiKeyStatus[] = ['active', 'retiring'];

const STATUSES: Record<KeyGroup, ApiKeyStatus[] | undefined> = {
  working: WORKING,
  ended: API_KEY_STATUSES.filter(status => !WORKING.includes(status)),
  all: undefined,
};

const DEFAULTS: ListFilterValues = {
  group: 'working',
  search: '',
  orderBy: 'createdAt:desc',
};

/** What the user narrowed the list down to, and the query that it comes to once the typing rests. */
export function useListFilters() {
  const [filters, setFilters] = useState(DEFAULTS);
  const [q, setQ] = useState('');
  const { group, orderBy } = filters;
  const search = filters.search.trim();
  useDebounce(() => setQ(search), DEBOUNCE, [search]);

  const query = useMemo<ApiKeysQuery>(
    () => ({ status: STATUSES[group], q: q || undefined, orderBy }),
    [group, q, orderBy],
  );

  return {
    filters,
    setFilters,
    query,
    /** Whether the user sees the keys that the page shows by itself. */
    isDefault: group === DEFAULTS.group && !q,
    reset: () => setFilters({ ...DEFAULTS, orderBy }),
  };
}
