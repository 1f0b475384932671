import { createBackend } from '@backstage/backend-defaults';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';

const MAIN_PLUGINS = [
  'auth',
  'api-keys',
  'permission',
  'catalog',
  'probe',
  'other',
];

/** Configures where a backend finds the plugins of another one. */
export function endpoints(port: number, plugins: string[]) {
  return {
    discovery: {
      endpoints: [
        { target: `http://localhost:${port}/api/{{pluginId}}`, plugins },
      ],
    },
  };
}

/** Starts a second backend process of an installation, with its own plugins. */
export async function startRemotePlugins(options: {
  port: number;
  /** Port of the portal, unless `config` says where its plugins are. */
  mainPort?: number;
  config?: JsonObject;
  /** Added to `backend` of the configuration. */
  backend?: JsonObject;
  features: readonly BackendFeature[];
}): Promise<{ stop(): Promise<void> }> {
  const { port, mainPort = 0, features } = options;
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
    ...(options.config ?? endpoints(mainPort, MAIN_PLUGINS)),
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
