import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { apiScopeOf } from 'backstage-plugin-api-keys-common';
import useAsync from 'react-use/lib/useAsync';
import { useDebouncedValue } from '../../shared/data/useDebouncedValue';
import { ScopedApi } from '../../shared/restrictions/scopes';

/** Further ones are only counted. */
const SHOWN = 20;

const SEARCHED_FIELDS = [
  'metadata.name',
  'metadata.namespace',
  'metadata.title',
];

/** Searches APIs of the catalog, debounced. */
export function useApiSearch(text: string): {
  apis: ScopedApi[];
  loading: boolean;
  error?: Error;
} {
  const catalog = useApi(catalogApiRef);
  const typed = text.trim();
  const term = useDebouncedValue(typed);
  const { value, loading, error } = useAsync(async () => {
    if (!term) return [];
    const { items } = await catalog.queryEntities({
      filter: { kind: 'API' },
      fullTextFilter: { term, fields: SEARCHED_FIELDS },
      fields: ['kind', 'metadata.namespace', 'metadata.name', 'metadata.title'],
      limit: SHOWN,
    });
    return items.map(entity => ({
      scope: apiScopeOf(stringifyEntityRef(entity)),
      title: entity.metadata.title ?? entity.metadata.name,
    }));
  }, [catalog, term]);
  const isBehind = loading || typed !== term;
  return {
    apis: (typed && !isBehind && value) || [],
    loading: typed !== '' && isBehind,
    error: typed && !isBehind ? error : undefined,
  };
}
