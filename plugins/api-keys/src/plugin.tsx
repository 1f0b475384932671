import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import SecurityIcon from '@material-ui/icons/Security';
import {
  apiKeyAdminReadPermission,
  ApiKeysClient,
} from 'backstage-plugin-api-keys-common';
import { apiKeysApiRef } from './api';
import { KeyIcon } from './components/KeyIcon';
import { NavIcon } from './components/NavIcon';
import { placesExtensions } from './places';
import { adminRouteRef, keyRouteRef, rootRouteRef } from './routes';

const apiKeysApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: apiKeysApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new ApiKeysClient(deps),
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

const mayAdminister = {
  // The action is part of the permission: without it, a policy might take it for another one.
  permissions: {
    $contains: `${apiKeyAdminReadPermission.name}#${apiKeyAdminReadPermission.attributes.action}`,
  },
};

const adminPageParams = {
  path: '/api-keys/admin',
  title: 'API keys admin',
  loader: () => import('./components/AdminPage').then(m => <m.AdminPage />),
};

const adminPage = PageBlueprint.make({
  name: 'admin',
  if: mayAdminister,
  params: {
    ...adminPageParams,
    routeRef: adminRouteRef,
    icon: <SecurityIcon />,
  },
});

/** The same without an entry in the sidebar, which needs a route reference. The page says what is missing. */
const adminPageForOthers = PageBlueprint.make({
  name: 'admin-for-others',
  if: { $not: mayAdminister },
  params: adminPageParams,
});

/**
 * Adds the page *My API Keys* and its entry in the sidebar, and *API keys admin* for those who may look after
 * everybody's keys; besides a tab in the settings, a card and a tab for users and groups and a card
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
  extensions: [
    apiKeysApi,
    apiKeysPage,
    adminPage,
    adminPageForOthers,
    ...placesExtensions,
  ],
});
