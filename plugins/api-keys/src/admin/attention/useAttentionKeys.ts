import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyFilter, ApiKeyPage } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { toError } from '../../shared/data/errors';
import { toKeyFilter } from '../../shared/filters/inventoryFilters';
import { AttentionRule } from './attentionRules';

/** How many of its keys are shown. */
const SHOWN = 5;

/** The keys that a rule is about: how many there are, and the first of them. */
export function useAttentionKeys(rule: AttentionRule): {
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
    const { orderBy, ...filters } = rule.filters;
    const filter = toKeyFilter(filters, Date.now());
    try {
      const page = await api.listAllKeys({ ...filter, orderBy, limit: SHOWN });
      setFound({ filter, page });
      setError(undefined);
    } catch (thrown) {
      setError(toError(thrown));
    }
  }, [api, rule]);

  useEffect(() => {
    refresh();
  }, [refresh]);

  return { found, error, refresh };
}
