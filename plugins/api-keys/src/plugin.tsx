import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { ApiKeysClient } from 'backstage-plugin-api-keys-common';
import { apiKeysApiRef } from './api';
import { KeyIcon } from './components/KeyIcon';
import { rootRouteRef } from './routes';

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
    icon: <KeyIcon />,
    loader: () =>
      import('./components/ApiKeysPage').then(m => <m.ApiKeysPage />),
  },
});

/**
 * Adds the page *My API Keys* and its entry in the sidebar.
 *
 * @public
 */
export const apiKeysPlugin = createFrontendPlugin({
  pluginId: 'api-keys',
  title: 'My API Keys',
  icon: <KeyIcon />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef },
  extensions: [apiKeysApi, apiKeysPage],
});
