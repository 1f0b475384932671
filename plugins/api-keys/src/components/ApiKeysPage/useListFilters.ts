import {
  API_KEY_STATUSES,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import { useMemo, useState } from 'react';
import { ApiKeysQuery } from '../../hooks/useApiKeys';
import { useRested } from '../../hooks/useRested';
import type { KeyGroup, ListFilterValues } from '../ListFilters/ListFilters';

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
  const { group, orderBy } = filters;
  const q = useRested(filters.search.trim());

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
