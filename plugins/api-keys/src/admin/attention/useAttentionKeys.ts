import { useApi } from '@backstage/core-plugin-api';
import { ApiKeyFilter, ApiKeyPage } from 'backstage-plugin-api-keys-common';
import { useCallback, useEffect, useState } from 'react';
import { apiKeysApiRef } from '../../api/apiKeysApiRef';
import { toError } from '../../shared/data/errors';
import { toKeyFilter } from '../../shared/filters/inventoryFilters';
import { AttentionRule } from './attentionRules';

/** Number of keys that a card lists. */
const SHOWN = 5;

/** Counts the keys that match a rule, and loads the first ones. */
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
