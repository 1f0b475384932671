import { stringifyEntityRef, UserEntity } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import useAsync from 'react-use/lib/useAsync';
import { useDebouncedValue } from '../data/useDebouncedValue';

/** A user or a group of the catalog. */
export type Owner = { ref: string; displayName: string };

/** More of them nobody reads. */
const SHOWN = 8;

const SEARCHED_FIELDS = [
  'metadata.name',
  'metadata.title',
  'spec.profile.displayName',
  'spec.profile.email',
];

/**
 * The users or groups in which a text appears, once the typing rests.
 *
 * @param kinds - of entities; has to be the same array as long as they are the same
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
  // The catalog may be away, or not for this user's eyes: a ref can still be typed.
  return (text.trim() && value) || [];
}
