import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { JSX } from 'react';
import { apiKeysApiRef } from '../api/apiKeysApiRef';
import { createLazyClient } from '../api/createLazyClient';
import { adminRouteRef, keyRouteRef, rootRouteRef } from '../routing/routes';

/**
 * The plugin for apps on the old frontend system. It provides the client of the backend. Apps place the other exports
 * themselves.
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
export const ApiKeysPage: () => JSX.Element = apiKeysPlugin.provide(
  createRoutableExtension({
    name: 'ApiKeysPage',
    mountPoint: rootRouteRef,
    component: () => import('./pages').then(m => m.LegacyApiKeysPage),
  }),
);

/**
 * The page *API keys admin*: `<Route path="/api-keys-admin" element={<ApiKeysAdminPage />} />`. Users without the
 * permission see an explanation. The app decides if its sidebar has an entry.
 *
 * @public
 */
export const ApiKeysAdminPage: () => JSX.Element = apiKeysPlugin.provide(
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
export const ApiKeysSettings: () => JSX.Element = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'ApiKeysSettings',
    component: {
      lazy: () =>
        import('../settings/ApiKeysSettings').then(m => m.ApiKeysSettings),
    },
  }),
);

/**
 * Entity card for users and groups. It shows the keys of the signed-in user and their groups, and nothing for other
 * entities.
 *
 * @public
 */
export const EntityApiKeysCard: () => JSX.Element | null =
  apiKeysPlugin.provide(
    createComponentExtension({
      name: 'EntityApiKeysCard',
      component: {
        lazy: () =>
          import('../entity/EntityApiKeysCard').then(m => m.EntityApiKeysCard),
      },
    }),
  );

/**
 * Entity tab for users and groups:
 * `<EntityLayout.Route path="/api-keys" title="API keys"><EntityApiKeysContent /></EntityLayout.Route>`.
 * For other entities, it explains whose keys can be seen.
 *
 * @public
 */
export const EntityApiKeysContent: () => JSX.Element | null =
  apiKeysPlugin.provide(
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
 * Entity card for APIs. It explains how to get a key and, to owners of the API, which keys exist. Empty unless
 * `apiKeys.scopes.catalogApis` is on.
 *
 * @public
 */
export const EntityApiScopeCard: () => JSX.Element | null =
  apiKeysPlugin.provide(
    createComponentExtension({
      name: 'EntityApiScopeCard',
      component: {
        lazy: () =>
          import('../entity/EntityApiScopeCard').then(
            m => m.EntityApiScopeCard,
          ),
      },
    }),
  );

/**
 * Home page card with the keys of the user that expire or go inactive within a week.
 *
 * @public
 */
export const HomeApiKeysCard: () => JSX.Element = apiKeysPlugin.provide(
  createComponentExtension({
    name: 'HomeApiKeysCard',
    component: {
      lazy: () => import('./HomeCard').then(m => m.HomeCard),
    },
  }),
);
