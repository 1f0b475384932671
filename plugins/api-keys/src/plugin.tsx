import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { apiKeysApiRef } from './api/apiKeysApiRef';
import { createLazyClient } from './api/createLazyClient';
import { extensions } from './extensions';
import { AdminNavIcon } from './nav/AdminNavIcon';
import { NavIcon } from './nav/NavIcon';
import { adminRouteRef, keyRouteRef, rootRouteRef } from './routing/routes';
import { KeyIcon } from './shared/keys/KeyIcon';
import { titleOf } from './translations/titleOf';

const apiKeysApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: apiKeysApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createLazyClient,
    }),
});

const apiKeysPage = PageBlueprint.makeWithOverrides({
  factory: (make, { config }) =>
    make({
      path: '/api-keys',
      routeRef: rootRouteRef,
      title: config.title ?? titleOf('places.page'),
      icon: <NavIcon />,
      loader: () =>
        import('./my-keys/ApiKeysPage').then(m => <m.ApiKeysPage />),
    }),
});

// Beside the other page and not below it: entries of sidebars are marked on pages below their own, too.
const adminPage = PageBlueprint.makeWithOverrides({
  name: 'admin',
  factory: (make, { config }) =>
    make({
      path: '/api-keys-admin',
      routeRef: adminRouteRef,
      title: config.title ?? titleOf('places.adminPage'),
      icon: <AdminNavIcon />,
      loader: () => import('./admin/AdminPage').then(m => <m.AdminPage />),
    }),
});

/**
 * Adds the page *My API Keys* and the page *API keys admin*, with an entry in the sidebar each; the second entry shows for
 * users who may look after everybody's keys. Adds a tab in the settings, a card and a tab for users and groups and a card
 * for APIs in the catalog, and a widget for the home page, where an app has those.
 *
 * @public
 */
export const apiKeysPlugin = createFrontendPlugin({
  pluginId: 'api-keys',
  title: 'My API Keys',
  icon: <KeyIcon />,
  info: { packageJson: () => import('../package.json') },
  // None is `root`: to that one, the headers of all pages would link.
  routes: { keys: rootRouteRef, key: keyRouteRef, admin: adminRouteRef },
  extensions: [apiKeysApi, apiKeysPage, adminPage, ...extensions],
});
