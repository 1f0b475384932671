import { createBackend } from '@backstage/backend-defaults';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import {
  apiKeyActionsServiceFactory,
  apiKeyHttpAuthServiceFactory,
  apiKeyHttpRouterServiceFactory,
  apiKeyPermissionsServiceFactory,
  apiKeyTokenHandlerServiceFactory,
  apiKeyUserInfoServiceFactory,
} from 'backstage-plugin-api-keys-node';

/** What a backend without the plugin `api-keys` needs to accept keys. */
export const acceptsKeys: BackendFeature[] = [
  apiKeyTokenHandlerServiceFactory,
  apiKeyHttpAuthServiceFactory,
  apiKeyHttpRouterServiceFactory,
  apiKeyPermissionsServiceFactory,
  apiKeyUserInfoServiceFactory,
  apiKeyActionsServiceFactory,
];

const MAIN_PLUGINS = [
  'auth',
  'api-keys',
  'permission',
  'catalog',
  'probe',
  'other',
];

/** Where a backend finds the plugins of another one. */
export function endpoints(port: number, plugins: string[]) {
  return {
    discovery: {
      endpoints: [
        { target: `http://localhost:${port}/api/{{pluginId}}`, plugins },
      ],
    },
  };
}

/** Starts a second backend process of an installation, with plugins of its own. */
export async function startRemotePlugins(options: {
  port: number;
  /** The port of the portal. */
  mainPort: number;
  /** Added to `backend` of the configuration. */
  backend?: JsonObject;
  features: BackendFeature[];
}): Promise<{ stop(): Promise<void> }> {
  const { port, mainPort, features } = options;
  const backend = createBackend();
  const data = {
    app: { baseUrl: 'http://localhost:3000' },
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      ...options.backend,
    },
    permission: { enabled: true },
    ...endpoints(mainPort, MAIN_PLUGINS),
  };
  for (const feature of [
    mockServices.rootConfig.factory({ data }),
    mockServices.rootLogger.factory({ level: 'none' }),
    ...features,
  ]) {
    backend.add(feature);
  }
  await backend.start();
  return { stop: () => backend.stop() };
}
