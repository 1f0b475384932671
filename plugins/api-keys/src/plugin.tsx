import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { apiKeysApiRef } from './api';
import { createLazyClient } from './client';
import { AdminNavIcon } from './components/AdminNavIcon';
import { KeyIcon } from './components/KeyIcon';
import { NavIcon } from './components/NavIcon';
import { placesExtensions } from './places';
import { adminRouteRef, keyRouteRef, rootRouteRef } from './routes';

const apiKeysApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: apiKeysApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: createLazyClient,
    }),
});

const apiKeysPage = PageBlueprint.make({
  params: {
    path: '/api-keys',
    routeRef: rootRouteRef,
    title: 'My API Keys',
    icon: <NavIcon />,
    loader: () =>
      import('./components/ApiKeysPage').then(m => <m.ApiKeysPage />),
  },
});

const adminPage = PageBlueprint.make({
  name: 'admin',
  params: {
    path: '/api-keys/admin',
    routeRef: adminRouteRef,
    title: 'API keys admin',
    icon: <AdminNavIcon />,
    loader: () => import('./components/AdminPage').then(m => <m.AdminPage />),
  },
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
  extensions: [apiKeysApi, apiKeysPage, adminPage, ...placesExtensions],
});
