import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { AddressInfo, createServer } from 'node:net';
import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  createMockDirectory,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import permissionPlugin from '@backstage/plugin-permission-backend';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { JsonObject } from '@backstage/types';
import knexFactory from 'knex';
import { eventually } from './__testUtils__/eventually';
import { recordLogs } from './__testUtils__/recordLogs';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from './__testUtils__/startTestPortal';
import { apiKeysFeatureLoader } from './featureLoader';

describe('the start of a backend with API keys', () => {
  it.each<[string, { apiKeys?: JsonObject; config?: JsonObject }, string]>([
    [
      'without the auth provider in the configuration',
      { config: { auth: { providers: { test: {} } } } },
      "add 'auth.providers.api-key: {}' to your app-config",
    ],
    [
      'with user tokens that cannot be told apart',
      {
        config: {
          auth: {
            providers: { 'api-key': {} },
            identityTokenAlgorithm: 'RS256',
          },
        },
      },
      'auth.identityTokenAlgorithm is "RS256", and must be ES256',
    ],
    [
      'with a wrong value',
      { apiKeys: { limits: { keysPerOwner: -1 } } },
      'apiKeys.limits.keysPerOwner is -1, and must be a whole number from 0 to 10000',
    ],
    [
      'with an unknown setting',
      { apiKeys: { lifetim: {} } },
      'there is no apiKeys.lifetim',
    ],
  ])('stops %s, and says what to do', async (_, options, sentence) => {
    await expect(startTestPortal(options)).rejects.toThrow(sentence);
  });

  it.each(['mysql2', 'mysql'])(
    'stops on the database client %s before it connects to anything',
    async client => {
      const connections: unknown[] = [];
      const server = createServer(socket => connections.push(socket));
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const { port } = server.address() as AddressInfo;
      const database = {
        client: 'better-sqlite3',
        connection: ':memory:',
        plugin: {
          'api-keys': {
            client,
            connection: { host: '127.0.0.1', port, user: 'portal' },
          },
        },
      };
      const start = startTestPortal({ backend: { database } });
      await expect(start).rejects.toThrow(
        `API keys cannot be kept with the database client '${client}': set backend.database.client, or backend.database.plugin.api-keys.client, to PostgreSQL (pg) or SQLite (better-sqlite3 or sqlite3)`,
      );
      server.close();
      expect(connections).toEqual([]);
    },
  );

  it('stops on a database service that returns another client, before its tables are created', async () => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    const { client } = knex.client.config;
    knex.client.config.client = 'mysql2';
    await expect(startTestPortal({ knex })).rejects.toThrow(
      "API keys cannot be kept with the database client 'mysql2'",
    );
    knex.client.config.client = client;
    const tables = await knex('sqlite_master').where(
      'name',
      'like',
      'api_key%',
    );
    await knex.destroy();
    expect(tables).toEqual([]);
  });

  describe('logs', () => {
    const pepper = 'a-pepper-that-no-log-may-hold';
    const directory = createMockDirectory();

    afterEach(() => jest.restoreAllMocks());

    /** Returns the messages of the plugin itself. */
    async function logOf(
      data: JsonObject,
      ...features: BackendFeature[]
    ): Promise<{ infos: string[]; warnings: string[] }> {
      const logger = mockServices.rootLogger.mock({ child: () => logger });
      const backend = await startTestBackend({
        features: [
          mockServices.rootConfig.factory({
            data: {
              backend: {
                baseUrl: 'http://localhost:0',
                database: { client: 'better-sqlite3', connection: ':memory:' },
              },
              auth: { providers: { 'api-key': {} } },
              ...data,
            },
          }),
          logger.factory,
          apiKeysFeatureLoader,
          ...features,
        ],
      });
      await backend.stop();
      const told = JSON.stringify([
        logger.info.mock.calls,
        logger.warn.mock.calls,
      ]);
      expect(told).not.toContain(pepper);
      return {
        infos: logger.info.mock.calls.map(([message]) => message),
        warnings: logger.warn.mock.calls.map(([message]) => message),
      };
    }

    const hasWarning = (words: string) => expect.stringContaining(words);

    it('the enabled features, in one line', async () => {
      const { infos } = await logOf({
        apiKeys: {
          secret: { prefix: 'acme', pepper: [pepper] },
          lifetime: { default: '30 days' },
        },
      });
      const lines = infos.filter(line => line.startsWith('API keys are on'));
      expect(lines).toEqual([
        expect.stringContaining(
          'secrets acme_…; 1 pepper; accepted as bearer tokens, x-api-key and Basic; revoked keys refused on all replicas within 1 second; keys live 30 days (at most 365 days)',
        ),
      ]);
    });

    it('missing and unsafe settings, and what to do about them', async () => {
      const { warnings } = await logOf({});
      expect(warnings).toEqual(
        expect.arrayContaining([
          hasWarning(
            "add backend.add(import('@backstage/plugin-auth-backend'))",
          ),
          hasWarning('set permission.enabled to true'),
          hasWarning(
            "add backend.add(import('@backstage/plugin-notifications-backend'))",
          ),
          hasWarning('gone after a restart'),
        ]),
      );
    });

    it('that the policy allows everything', async () => {
      // Like the module of this name.
      const allowAll = createBackendModule({
        pluginId: 'permission',
        moduleId: 'allow-all-policy',
        register(reg) {
          reg.registerInit({
            deps: { policy: policyExtensionPoint },
            async init({ policy }) {
              policy.setPolicy({
                handle: async () => ({ result: AuthorizeResult.ALLOW }),
              });
            },
          });
        },
      });
      const { warnings } = await logOf(
        { permission: { enabled: true } },
        permissionPlugin,
        allowAll,
      );
      expect(warnings).toContainEqual(
        hasWarning('The permission policy allows everything'),
      );
    });

    it('that production needs a pepper and PostgreSQL', async () => {
      jest.replaceProperty(process, 'env', {
        ...process.env,
        NODE_ENV: 'production',
      });
      const { warnings } = await logOf({
        backend: {
          baseUrl: 'http://localhost:0',
          database: {
            client: 'better-sqlite3',
            connection: { directory: directory.path },
          },
        },
      });
      expect(warnings).toEqual(
        expect.arrayContaining([
          hasWarning('API keys have no pepper'),
          hasWarning('API keys are kept in SQLite'),
        ]),
      );
    });
  });
});

describe('the release of Backstage', () => {
  const host = createMockDirectory();

  /** Starts a backend whose entry point resolves this version of `@backstage/backend-defaults`. */
  async function startOn(version: string) {
    host.setContent({
      'node_modules/@backstage/backend-defaults/package.json': JSON.stringify({
        version,
      }),
    });
    jest.replaceProperty(process, 'argv', ['node', host.resolve('index.js')]);
    const { logger, lines } = recordLogs();
    const portal = await startTestPortal({ port: await freePort(), logger });
    await portal.stop();
    return lines;
  }

  afterEach(() => jest.restoreAllMocks());

  it('stops the start if it is too old', async () => {
    await expect(startOn('0.17.4')).rejects.toThrow(
      'API keys need Backstage 1.53 or newer, which has @backstage/backend-defaults 0.17.5, and this backend runs with 0.17.4',
    );
  });

  it.each([
    ['newer than tested is logged once', '0.20.0', 1],
    ['tested is not logged', '0.18.0', 0],
  ])('that is %s', async (_, version, times) => {
    const lines = await startOn(version);
    const found = lines.filter(line => line.includes('newer than those'));
    expect(found).toHaveLength(times);
  });
});

describe('with static signing keys whose signatures do not identify user tokens', () => {
  const directory = createMockDirectory();

  it('a key gets a 503, and is never accepted', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    directory.setContent({
      'public.pem': publicKey.export({ type: 'spki', format: 'pem' }),
      'private.pem': privateKey.export({ type: 'pkcs8', format: 'pem' }),
    });
    const portal = await startTestPortal({
      config: {
        auth: {
          providers: { test: {}, 'api-key': {} },
          keyStore: {
            provider: 'static',
            static: {
              keys: [
                {
                  keyId: 'static',
                  algorithm: 'EdDSA',
                  publicKeyFile: directory.resolve('public.pem'),
                  privateKeyFile: directory.resolve('private.pem'),
                },
              ],
            },
          },
        },
      },
    });
    const { secret } = await portal.createKey('ada');
    const { status, body } = await portal.call(
      'get',
      '/api/probe/whoami',
      secret,
    );
    expect(status).toBe(503);
    expect(body.error.name).toBe('ServiceUnavailableError');
  });
});

describe('while the database is down', () => {
  let portal: TestPortal;
  let secret: string;
  let token: string;

  beforeAll(async () => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    portal = await startTestPortal({ knex });
    ({ secret } = await portal.createKey('ada'));
    token = await portal.signIn('ada');
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
    await knex.destroy();
  });

  it('a key that was good a moment ago soon gets a 503 with Retry-After, and the response exposes nothing of the database', async () => {
    const ask = () => portal.call('get', '/api/probe/whoami', secret);
    await eventually(async () => {
      await ask().expect(503);
    });
    const { headers, body } = await ask();
    expect(headers['retry-after']).toBe('5');
    expect(headers['www-authenticate']).toBeUndefined();
    expect(body.error).toEqual({
      name: 'ServiceUnavailableError',
      message: 'API keys cannot be verified right now, try again shortly',
    });
  });

  it('a user token that this process cannot map to a key or a session gets a 503 with Retry-After', async () => {
    const { status, headers } = await portal.call(
      'get',
      '/api/probe/whoami',
      await portal.signIn('ada'),
    );
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
  });

  it('creating a key fails without exposing the values of the statement', async () => {
    const { status, text } = await portal
      .call('post', '/api/api-keys/v1/keys', token)
      .send({ name: 'payroll' });
    expect(status).toBe(503);
    expect(text).not.toMatch(/payroll|insert|api_keys|digest/);
  });
});
