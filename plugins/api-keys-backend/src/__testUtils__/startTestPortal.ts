import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createBackend } from '@backstage/backend-defaults';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { DatabaseManager } from '@backstage/backend-defaults/database';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import {
  BackendFeature,
  coreServices,
  createServiceFactory,
  DatabaseService,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import {
  CatalogServiceMock,
  catalogServiceMock,
} from '@backstage/plugin-catalog-node/testUtils';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { JsonObject } from '@backstage/types';
import { ApiKey, CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import request, { Test } from 'supertest';
import { apiKeysFeatureLoader } from '../featureLoader';
import { checkAnswer } from './checkAnswer';
import { company } from './company';
import { probePlugin } from './probePlugin';
import { TestPolicy, testPolicyModule } from './testPolicy';
import { testSignIn } from './testSignIn';

type Method = 'get' | 'post' | 'patch' | 'delete' | 'put';

/** Client of a running backend with API keys. */
export type PortalClient = {
  /** Base URL of the backend. */
  url: string;
  /**
   * Sends a request with a secret, a user token or any other bearer token. Responses of the API are checked against
   * openapi.yaml.
   */
  call(method: Method, path: string, bearer?: string): Test;
  /**
   * Returns the Backstage token of a user who signed in in the browser. Its ownership claims come from the catalog, or
   * are the ones given for an entity ref.
   */
  signIn(user: string, ownership?: string[]): Promise<string>;
  /** Creates a key for a user. */
  createKey(
    user: string,
    body?: Partial<CreateApiKeyRequest>,
  ): Promise<{ key: ApiKey; secret: string }>;
};

/** Running backend with API keys. */
export type TestPortal = PortalClient & {
  /** Tests replace the policy while the portal runs. */
  policy: { current: TestPolicy };
  /** Tests make it fail or remove entities. */
  catalog: CatalogServiceMock;
  stop(): Promise<void>;
};

/** Starts a real backend: auth, permission, api-keys and two probe plugins, `probe` and `other`. */
export async function startTestPortal(options: {
  /** Database of the plugin `api-keys`; in memory if left out. */
  knex?: Knex;
  /** Added to `apiKeys` of the configuration. */
  apiKeys?: JsonObject;
  /** Added to `backend` of the configuration. */
  backend?: JsonObject;
  /** Added to the configuration's top level. */
  config?: JsonObject;
  features?: BackendFeature[];
  /** Serves HTTP as in production, on this port: with Backstage's own request log and trust in proxies. */
  port?: number;
  /** Logger of a portal with a port; silent if left out. */
  logger?: BackendFeature;
  /** Replaces Backstage's auth service. */
  authService?: BackendFeature;
  /** Replaces the policy that tests can change. */
  policyModule?: BackendFeature;
  /** Real catalog with its entities, instead of the company in memory. */
  realCatalog?: BackendFeature[];
}): Promise<TestPortal> {
  const policy: TestPortal['policy'] = { current: () => undefined };
  const catalog = catalogServiceMock({ entities: company });
  const { url, stop } = await start(options, [
    mockServices.rootConfig.factory({ data: configOf(options) }),
    databaseFactory(options.knex),
    options.authService ?? authServiceFactory,
    permissionsRegistryServiceFactory,
    ...(options.realCatalog ?? [
      createServiceFactory({
        service: catalogServiceRef,
        deps: {},
        factory: () => catalog,
      }),
    ]),
    authPlugin,
    testSignIn,
    permissionPlugin,
    options.policyModule ?? testPolicyModule(policy),
    apiKeysFeatureLoader,
    probePlugin('probe'),
    probePlugin('other'),
    ...(options.features ?? []),
  ]);

  return { ...portalClient(url), policy, catalog, stop };
}

/** Client of a portal in this or another process. */
export function portalClient(url: string): PortalClient {
  const call: PortalClient['call'] = (method, path, bearer) => {
    const test = request(url)
      [method](path)
      .expect(({ status, text, headers }) =>
        checkAnswer(method, path, {
          status,
          text,
          contentType: headers['content-type'],
          cacheControl: headers['cache-control'],
          etag: headers.etag,
          retryAfter: headers['retry-after'],
        }),
      );
    return bearer ? test.set('Authorization', `Bearer ${bearer}`) : test;
  };

  const signIn: PortalClient['signIn'] = async (user, ownership) => {
    const { body } = await call('post', '/api/auth/test/refresh')
      .send({ user, ownership })
      .expect(200);
    return body.backstageIdentity.token;
  };

  const createKey: PortalClient['createKey'] = async (user, body) => {
    const response = await call(
      'post',
      '/api/api-keys/v1/keys',
      await signIn(user),
    )
      .send({ name: 'ci', ...body })
      .expect(201);
    return response.body;
  };

  return { url, call, signIn, createKey };
}

async function start(
  { port, logger }: { port?: number; logger?: BackendFeature },
  features: BackendFeature[],
) {
  if (port === undefined) {
    const backend = await startTestBackend({ features });
    const url = `http://localhost:${backend.server.port()}`;
    return { url, stop: () => backend.stop() };
  }
  const backend = createBackend();
  const quiet = mockServices.rootLogger.factory({ level: 'none' });
  for (const feature of [logger ?? quiet, ...features]) backend.add(feature);
  await backend.start();
  return { url: `http://localhost:${port}`, stop: () => backend.stop() };
}

/**
 * Returns a port that no process listens on, nor will before the caller does: systems assign ports from 32768 upwards
 * (RFC 6335: from 49152) to outgoing connections, of which concurrent tests open many.
 */
export async function freePort(): Promise<number> {
  const port = randomInt(10_000, 32_000);
  const server = createServer().listen(port);
  try {
    await once(server, 'listening');
  } catch {
    return freePort();
  }
  server.close();
  await once(server, 'close');
  return port;
}

function configOf(options: {
  apiKeys?: JsonObject;
  config?: JsonObject;
  backend?: JsonObject;
  port?: number;
}) {
  const { port = 0 } = options;
  return {
    app: { baseUrl: 'http://localhost:3000' },
    backend: {
      baseUrl: `http://localhost:${port}`,
      listen: { port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      ...options.backend,
    },
    auth: { providers: { test: {}, 'api-key': {} } },
    // For tests with the real catalog, which wait for it.
    catalog: { stitchingStrategy: { pollingInterval: { milliseconds: 50 } } },
    permission: { enabled: true },
    apiKeys: options.apiKeys ?? {},
    ...options.config,
  };
}

/** Gives the plugin `api-keys` the test's database, and every other plugin its own in memory. */
function databaseFactory(knex: Knex | undefined) {
  return createServiceFactory({
    service: coreServices.database,
    deps: {
      config: coreServices.rootConfig,
      lifecycle: coreServices.lifecycle,
      logger: coreServices.logger,
      plugin: coreServices.pluginMetadata,
      rootLifecycle: coreServices.rootLifecycle,
    },
    factory: ({ config, plugin, rootLifecycle, ...deps }): DatabaseService => {
      if (knex && plugin.getId() === 'api-keys') {
        return { getClient: async () => knex };
      }
      const manager = DatabaseManager.fromConfig(config);
      const database = manager.forPlugin(plugin.getId(), deps);
      // Backstage 1.55 does not close databases in memory, which keeps the process alive.
      rootLifecycle.addShutdownHook(async () => {
        const client = await database.getClient();
        await client.destroy();
      });
      return database;
    },
  });
}
