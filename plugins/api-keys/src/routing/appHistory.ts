import { createApiRef, useApi, useApiHolder } from '@backstage/core-plugin-api';
import type { AppHistoryApi } from '@backstage/frontend-plugin-api';

/**
 * The history that apps own since Backstage 1.57: `coreApis.appHistory`. It is looked up by its id, because bundlers print a
 * warning for a name that `@backstage/frontend-plugin-api` does not export, as in older apps.
 */
export const appHistoryApiRef = createApiRef<AppHistoryApi>({
  id: 'core.app-history',
});

/** Returns the history of the app, in an app that has one. */
export const useAppHistory = () => useApi(appHistoryApiRef);

/** Returns whether the app owns its history. In apps that do not, pages are routed by React Router alone. */
export const useHasAppHistory = () =>
  useApiHolder().get(appHistoryApiRef) !== undefined;
