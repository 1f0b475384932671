import { createApp } from '@backstage/frontend-defaults';
import {
  ApiBlueprint,
  createFrontendModule,
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { SignInPageBlueprint } from '@backstage/plugin-app-react';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { createRoot } from 'react-dom/client';
import { DemoSignIn } from './DemoSignIn';
import { remoteFeatures } from './remoteFeatures';

/** Empty page in place of the catalog, which every portal has. */
const catalog = createFrontendPlugin({
  pluginId: 'catalog',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: catalogApiRef,
          deps: {},
          factory: () => catalogApiMock(),
        }),
    }),
    PageBlueprint.make({
      name: 'entity',
      params: {
        path: '/catalog/:namespace/:kind/:name',
        routeRef: entityRouteRef,
        loader: async () => <>Nothing is known of this entity.</>,
      },
    }),
  ],
});

/** App on the new frontend system, which discovers its plugins through the backend. */
const app = createApp({
  features: [
    catalog,
    remoteFeatures,
    createFrontendModule({
      pluginId: 'app',
      extensions: [
        SignInPageBlueprint.make({
          params: { loader: async () => DemoSignIn },
        }),
      ],
    }),
  ],
});

createRoot(document.getElementById('root')!).render(app.createRoot());
