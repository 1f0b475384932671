import { useRouteRef } from '@backstage/core-plugin-api';
import { useMemo } from 'react';
import { keyRouteRef, rootRouteRef } from '../routes';

/** Where the pages of one's own keys are, wherever the app put them. */
export function useKeyPaths() {
  const list = useRouteRef(rootRouteRef);
  const key = useRouteRef(keyRouteRef);
  return useMemo(
    () => ({ list: list(), key: (id: string) => key({ id }) }),
    [list, key],
  );
}
