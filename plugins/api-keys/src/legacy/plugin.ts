import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { createLazyClient } from '../api/createLazyClient';
import { adminRouteRef, keyRouteRef, rootRouteRef } from '../routing/routes';

/**
 * The plugin for apps on the old frontend system. It brings the client of the backend; the exports beside it are the
 * parts that one puts into place.
 *
 * @public
 */
export const apiKeysPlugin = createPlugin({
  id: 'api-keys',
  apis: [
    createApiFactory({
      api: apiKeysApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createLazyClient,
    }),
  ],
  routes: { keys: rootRouteRef, key: keyRouteRef, admin: adminRouteRef },
});

/**
 * The page *My API Keys* and the page of each key: `<Route path="/api-keys" element={<ApiKeysPage />} />`.
 *
 * @public
 */
export const ApiKeysPage = apiKeysPlugin.provide(
  createRoutableExtension({
    name: 'ApiKeysPage',
    mountPoint: rootRouteRef,
    component: () => import('./pages').then(m => m.LegacyApiKeysPage),
  }),
);

/**
 * The page *API keys admin*: `<Route path="/api-keys-admin" element={<ApiKeysAdminPage />} />`. To those who may not
 * see everybody's keys, it says so; whether the sidebar has an entry is for the app to decide.
 *
 * @public
 */
export const ApiKeysAdminPage = apiKeysPlugin.provide(
  createRoutableExtension({
    name: 'ApiKeysAdminPage',
    mountPoint: adminRouteRef,
    component: () => import('./pages').then(m => m.LegacyAdminPage),
  }),
);

/**
 * The user's keys as a tab of the settings:
 * `<SettingsLayout.Route path="/api-keys" title="API keys"><ApiKeysSettings /></SettingsLayout.Route>`.
 *
 * @public
 */
export const ApiKeysSettings = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'ApiKeysSettings',
    component: {
      lazy: () =>
        import('../settings/ApiKeysSettings').then(m => m.ApiKeysSettings),
    },
  }),
);

/**
 * A card for the pages of users and groups in the catalog. It shows the keys of the user, and of groups that the
 * user is in; on pages of others, nothing.
 *
 * @public
 */
export const EntityApiKeysCard = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'EntityApiKeysCard',
    component: {
      lazy: () =>
        import('../entity/EntityApiKeysCard').then(m => m.EntityApiKeysCard),
    },
  }),
);

/**
 * The same as a tab: `<EntityLayout.Route path="/api-keys" title="API keys"><EntityApiKeysContent /></EntityLayout.Route>`.
 * On pages of others, it says whose keys can be seen.
 *
 * @public
 */
export const EntityApiKeysContent = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'EntityApiKeysContent',
    component: {
      lazy: () =>
        import('../entity/EntityApiKeysContent').then(
          m => m.EntityApiKeysContent,
        ),
    },
  }),
);

/**
 * A card for the pages of APIs in the catalog: how to get a key for the API and, for its owners, which keys there are. Where the
 * portal has no scopes of APIs (`apiKeys.scopes.catalogApis`), nothing.
 *
 * @public
 */
export const EntityApiScopeCard = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'EntityApiScopeCard',
    component: {
      lazy: () =>
        import('../entity/EntityApiScopeCard').then(m => m.EntityApiScopeCard),
    },
  }),
);

/**
 * A card for a home page: the keys of the user that expire or go inactive within a week.
 *
 * @public
 */
export const HomeApiKeysCard = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'HomeApiKeysCard',
    component: {
      lazy: () => import('./HomeCard').then(m => m.HomeCard),
    },
  }),
);
