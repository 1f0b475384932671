import { BackendFeature } from '@backstage/backend-plugin-api';
import devtoolsPlugin from '@backstage/plugin-devtools-backend';
import eventsPlugin from '@backstage/plugin-events-backend';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import proxyPlugin from '@backstage/plugin-proxy-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import searchPlugin from '@backstage/plugin-search-backend';
import signalsPlugin from '@backstage/plugin-signals-backend';
import techdocsPlugin from '@backstage/plugin-techdocs-backend';
import userSettingsPlugin from '@backstage/plugin-user-settings-backend';
import { JsonObject } from '@backstage/types';
import { mcpFeatures } from './mcp';

/** Backstage's own plugins that a portal has in addition to the catalog. */
export const stockPlugins: BackendFeature[] = [
  ...mcpFeatures,
  devtoolsPlugin,
  eventsPlugin,
  kubernetesPlugin,
  notificationsPlugin,
  proxyPlugin,
  scaffolderPlugin,
  searchPlugin,
  signalsPlugin,
  techdocsPlugin,
  userSettingsPlugin,
];

/** Configuration that the plugins need. Nothing listens at its addresses. */
export const stockConfig: JsonObject = {
  kubernetes: {
    serviceLocatorMethod: { type: 'multiTenant' },
    clusterLocatorMethods: [{ type: 'config', clusters: [] }],
  },
  proxy: { endpoints: { '/upstream': 'http://localhost:1' } },
  techdocs: {
    builder: 'local',
    generator: { runIn: 'local' },
    publisher: { type: 'local' },
  },
};
