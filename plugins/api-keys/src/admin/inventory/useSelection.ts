import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { isRevocable } from '../../shared/keys/isRevocable';

/**
 * The keys that are ticked, of those that can be seen: nobody is to revoke what has gone out of sight.
 *
 * @param query - with another one, nothing is ticked
 */
export function useSelection(query: object, keys: ApiKey[]) {
  const [ticked, setTicked] = useState({ query, ids: new Set<string>() });
  const ids = ticked.query === query ? ticked.ids : new Set<string>();
  const selected = keys.filter(key => ids.has(key.id) && isRevocable(key));

  return {
    selected,
    select: (next: ApiKey[]) =>
      setTicked({ query, ids: new Set(next.map(({ id }) => id)) }),
  };
}
