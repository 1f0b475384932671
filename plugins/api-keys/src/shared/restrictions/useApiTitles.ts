import { useApi } from '@backstage/core-plugin-api';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { isApiScope } from 'backstage-plugin-api-keys-common';
import { useCallback, useState } from 'react';
import useAsync from 'react-use/lib/useAsync';
import { ScopedApi } from './scopes';

/** Titles of APIs by scope; undefined for one that does not exist or that the user cannot see. */
type ApiTitles = ReadonlyMap<string, string | undefined>;

const NONE: ApiTitles = new Map();

/**
 * Loads the titles of APIs from the catalog. On an error, they stay unknown.
 *
 * @param scopes - others than those of APIs are ignored
 */
export function useApiTitles(scopes: readonly string[]): {
  titles: ApiTitles;
  /** Adds known titles, to save requests. */
  learn: (apis: readonly ScopedApi[]) => void;
} {
  const catalog = useApi(catalogApiRef);
  const [titles, setTitles] = useState(NONE);
  const add = useCallback(
    (more: [string, string | undefined][]) =>
      setTitles(known => new Map([...known, ...more])),
    [],
  );
  const learn = useCallback(
    (apis: readonly ScopedApi[]) =>
      add(apis.map(({ scope, title }) => [scope, title])),
    [add],
  );

  const unknown = scopes
    .filter(scope => isApiScope(scope) && !titles.has(scope))
    .join(' ');
  useAsync(async () => {
    if (!unknown) return;
    const entityRefs = unknown.split(' ');
    const { items } = await catalog.getEntitiesByRefs({
      entityRefs,
      fields: ['kind', 'metadata.name', 'metadata.title'],
    });
    add(
      entityRefs.map((ref, index) => {
        const metadata = items[index]?.metadata;
        return [ref, metadata && (metadata.title ?? metadata.name)];
      }),
    );
  }, [catalog, unknown, add]);

  return { titles, learn };
}
