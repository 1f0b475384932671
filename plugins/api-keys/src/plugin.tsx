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

// A sibling of the other page, since sidebars also mark an entry as active on pages below its path.
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
 * Adds the pages *My API Keys* and *API keys admin* with sidebar entries (the second one for admins only), a settings
 * tab, entity cards and a tab for users, groups and APIs, and a home page widget.
 *
 * @public
 */
export const apiKeysPlugin = createFrontendPlugin({
  pluginId: 'api-keys',
  title: 'My API Keys',
  icon: <KeyIcon />,
  info: { packageJson: () => import('../package.json') },
  // No route is called `root`, since page headers would link to it.
  routes: { keys: rootRouteRef, key: keyRouteRef, admin: adminRouteRef },
  extensions: [apiKeysApi, apiKeysPage, adminPage, ...extensions],
});
