import { stringifyEntityRef, UserEntity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/lib/useAsync';
import { useDebouncedValue } from '../data/useDebouncedValue';

/** A user or group of the catalog. */
export type Owner = { ref: string; displayName: string };

/** Further ones are only counted. */
const SHOWN = 8;

const SEARCHED_FIELDS = [
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
  'spec.profile.email',
];

/**
 * Searches users or groups of the catalog, debounced.
 *
 * @param kinds - has to stay the same array
 */
export function useOwners(text: string, kinds: string[]): Owner[] {
  const catalog = useApi(catalogApiRef);
  const term = useDebouncedValue(text.trim());
  const { value } = useAsync(async () => {
    if (!term) return [];
    const { items } = await catalog.queryEntities({
      filter: { kind: kinds },
      fullTextFilter: { term, fields: SEARCHED_FIELDS },
      fields: ['kind', 'metadata', 'spec.profile.displayName'],
      limit: SHOWN,
    });
    return items.map(entity => ({
      ref: stringifyEntityRef(entity),
      displayName:
        (entity as UserEntity).spec?.profile?.displayName ??
        entity.metadata.title ??
        entity.metadata.name,
    }));
  }, [catalog, term, kinds]);
  // Without the catalog, a ref can still be typed.
  return (text.trim() && value) || [];
}
