import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyFilter, ApiKeyPage } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { apiKeysApiRef } from '../../api';
import { Concern } from '../../lib/concerns';
import { toError } from '../../lib/errors';
import { toKeyFilter } from '../../lib/inventoryFilters';

/** How many of its keys are shown. */
const SHOWN = 5;

/** The keys that a concern is about: how many there are, and the first of them. */
export function useConcern(concern: Concern): {
  found?: { filter: ApiKeyFilter; page: ApiKeyPage };
  error?: Error;
  refresh: () => Promise<void>;
} {
  const api = useApi(apiKeysApiRef);
  const [found, setFound] = useState<{
    filter: ApiKeyFilter;
    page: ApiKeyPage;
  }>();
  const [error, setError] = useState<Error>();

  const refresh = useCallback(async () => {
    const { orderBy, ...filters } = concern.filters;
    const filter = toKeyFilter(filters, Date.now());
    try {
      const page = await api.listAllKeys({ ...filter, orderBy, limit: SHOWN });
      setFound({ filter, page });
      setError(undefined);
    } catch (thrown) {
      setError(toError(thrown));
    }
  }, [api, concern]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  return { found, error, refresh };
}
