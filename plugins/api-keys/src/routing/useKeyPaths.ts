import { useMemo } from 'react';
import { keyRouteRef, rootRouteRef } from './routes';
import { useRoutePath } from './useRoutePath';

/** Returns the paths of the user's keys, wherever the app has mounted the page. */
export function useKeyPaths() {
  const list = useRoutePath(rootRouteRef);
  const key = useRoutePath(keyRouteRef);
  if (!list || !key) {
    throw new Error('The app lacks the page “My API Keys” (page:api-keys)');
  }
  return useMemo(
    () => ({ list: list(), key: (id: string) => key({ id }) }),
    [list, key],
  );
}
