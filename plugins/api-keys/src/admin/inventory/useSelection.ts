import { ApiKey } from 'backstage-plugin-api-keys-common';
import { useState } from 'react';
import { isRevocable } from '../../shared/keys/isRevocable';

/**
 * Holds the selected keys. Keys that leave the list are deselected, so that an admin only revokes keys on the screen.
 *
 * @param query - a change clears the selection
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
