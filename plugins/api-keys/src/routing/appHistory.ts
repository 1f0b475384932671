import { createApiRef, useApi, useApiHolder } from '@backstage/core-plugin-api';
import type { AppHistoryApi } from '@backstage/frontend-plugin-api';

/**
 * The app history API of Backstage 1.57 (`coreApis.appHistory`). It is looked up by id, because bundlers warn about a
 * name that `@backstage/frontend-plugin-api` of older apps does not export.
 */
export const appHistoryApiRef = createApiRef<AppHistoryApi>({
  id: 'core.app-history',
});

export const useAppHistory = () => useApi(appHistoryApiRef);

/** Returns true if the app has that API. Other apps use React Router alone. */
export const useHasAppHistory = () =>
  useApiHolder().get(appHistoryApiRef) !== undefined;
