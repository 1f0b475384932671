import { BackendFeature } from '@backstage/backend-plugin-api';
import devtoolsPlugin from '@backstage/plugin-devtools-backend';
import eventsPlugin from '@backstage/plugin-events-backend';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import proxyPlugin from '@backstage/plugin-proxy-backend';
import searchPlugin from '@backstage/plugin-search-backend';
import signalsPlugin from '@backstage/plugin-signals-backend';
import userSettingsPlugin from '@backstage/plugin-user-settings-backend';
import { JsonObject } from '@backstage/types';
import { mcpFeatures } from './mcp';
import { searchDocuments } from './searchDocuments';

/** Plugins from npm that many portals have. */
export const stockFeatures: BackendFeature[] = [
  devtoolsPlugin,
  eventsPlugin,
  kubernetesPlugin,
  ...mcpFeatures,
  notificationsPlugin,
  proxyPlugin,
  searchPlugin,
  searchDocuments(['user:default/ada']),
  signalsPlugin,
  userSettingsPlugin,
];

/** Configures {@link stockFeatures}, with one upstream for all that they call. */
export function stockConfig(upstreamUrl: string): JsonObject {
  return {
    // Otherwise a portal with the events plugin takes a minute to stop.
    events: { notifyTimeoutMs: 500 },
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'cluster',
              url: upstreamUrl,
              authProvider: 'localKubectlProxy',
            },
          ],
        },
      ],
    },
    proxy: {
      endpoints: {
        '/upstream': {
          target: upstreamUrl,
          credentials: 'forward',
          allowedHeaders: ['Authorization', 'X-Api-Key'],
        },
      },
    },
  };
}
