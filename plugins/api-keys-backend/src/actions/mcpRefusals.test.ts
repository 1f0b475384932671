import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { connectMcp, mcpFeatures } from '../__testUtils__/mcp';
import { realCatalog } from '../__testUtils__/realCatalog';
import { ServedApp, servedApp } from '../__testUtils__/servedApp';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const DAY = 24 * 60 * 60 * 1000;
const REGISTER = 'catalog.register-entity';
const LOCATION = { locationUrl: 'https://example.com/catalog-info.yaml' };

describe.each(databases.eachSupportedId())(
  'an MCP client that is refused, on %s',
  databaseId => {
    let knex: Knex;
    let app: ServedApp;
    let portal: TestPortal;

    const start = async (database: Knex, apiKeys = {}) => {
      const started = await startTestPortal({
        knex: database,
        apiKeys,
        realCatalog: realCatalog(company),
        config: { app: app.config },
        backend: { actions: { pluginSources: ['api-keys', 'catalog'] } },
        port: await freePort(),
        features: [...mcpFeatures, ...app.features],
      });
      // The catalog takes a moment to ingest them.
      await eventually(async () => {
        await started.signIn('ada');
      });
      return started;
    };

    beforeAll(async () => {
      app = servedApp();
      knex = await databases.init(databaseId);
      portal = await start(knex, {
        // Clients that try to log in fail twice.
        limits: { failuresPerIp: { max: 1000 } },
      });
    });

    afterEach(() => {
      portal.policy.current = () => undefined;
    });

    afterAll(async () => {
      await portal.stop();
      app.remove();
    });

    const end = async (
      change: Record<string, unknown>,
      request?: Partial<CreateApiKeyRequest>,
    ) => {
      const { key, secret } = await portal.createKey('ada', request);
      await knex('api_keys').where({ id: key.id }).update(change);
      return secret;
    };

    const revoke = async () => {
      const { key, secret } = await portal.createKey('ada');
      const token = await portal.signIn('ada');
      const path = `/api/api-keys/v1/keys/${key.id}`;
      await portal.call('delete', path, token).expect(204);
      return secret;
    };

    const rotateOut = async () => {
      const { secret } = await portal.createKey('ada');
      const { body } = await portal
        .call('post', '/api/api-keys/v1/self/rotate', secret)
        .expect(201);
      await portal.call('get', '/api/probe/whoami', body.secret).expect(200);
      return secret;
    };

    describe.each([
      ['revoked', revoke, /^The API key was revoked on \d/],
      ['rotated out', rotateOut, /^The API key was revoked on \d/],
      [
        'expired',
        () => end({ expires_at: Date.now() - DAY }),
        /^The API key expired on \d/,
      ],
      [
        'inactive',
        () =>
          end(
            { created_at: Date.now() - 9 * DAY },
            { inactivityTimeout: 'P7D' },
          ),
        /^The API key went inactive, unused for too long, on \d/,
      ],
      [
        'unknown',
        async () => (await revoke()).replace(/.{10}$/, '0000000000'),
        /^The API key/,
      ],
    ])('since its key is %s', (_, makeKey, sentence) => {
      it('ends with the sentence', async () => {
        await expect(connectMcp(portal, await makeKey())).rejects.toThrow(
          expect.objectContaining({
            code: 401,
            message: expect.stringContaining(sentence.source.slice(1, 20)),
          }),
        );
      });

      it.each(['streamable HTTP', 'SSE'] as const)(
        'ends with the sentence where it tries to log in, over %s',
        async transport => {
          const secret = await makeKey();
          await expect(
            connectMcp(portal, secret, { transport, logsIn: true }),
          ).rejects.toThrow(sentence);
        },
      );

      it('ends with the status over SSE, which has room for no more', async () => {
        const secret = await makeKey();
        await expect(
          connectMcp(portal, secret, { transport: 'SSE' }),
        ).rejects.toThrow('Non-200 status code (401)');
      });
    });

    describe.each(['streamable HTTP', 'SSE'] as const)('over %s', transport => {
      const isSse = transport === 'SSE';

      it('gets an error that the key may not be used from its address', async () => {
        const { secret } = await portal.createKey('ada', {
          allowedIps: ['192.0.2.0/24'],
        });
        await expect(connectMcp(portal, secret, { transport })).rejects.toThrow(
          isSse
            ? 'Non-200 status code (403)'
            : /The API key may not be used from (127\.0\.0\.1|::)/,
        );
      });

      it('gets an error that names the plugins of the key', async () => {
        const { secret } = await portal.createKey('ada', {
          accessRestrictions: [{ plugin: 'catalog' }],
        });
        await expect(connectMcp(portal, secret, { transport })).rejects.toThrow(
          isSse
            ? 'Non-200 status code (403)'
            : "The API key may not be used for the plugin 'mcp-actions', only for 'catalog'",
        );
      });

      it('gets an error that says to try again later', async () => {
        const limited = await start(await databases.init(databaseId), {
          limits: { requests: { max: 1, per: '1 hour' } },
        });
        const { secret } = await limited.createKey('ada');
        await limited.call('get', '/api/probe/whoami', secret).expect(200);
        await expect(
          connectMcp(limited, secret, { transport }),
        ).rejects.toThrow(
          isSse
            ? 'Non-200 status code (429)'
            : 'The API key is used too often, try again later',
        );
        await limited.stop();
      });

      it('gets an error that keys cannot be verified right now', async () => {
        const { secret } = await portal.createKey('ada');
        await knex.schema.renameTable('api_keys', 'away');
        try {
          await expect(
            connectMcp(portal, secret, { transport }),
          ).rejects.toThrow(
            isSse
              ? 'Non-200 status code (503)'
              : 'API keys cannot be verified right now, try again shortly',
          );
        } finally {
          await knex.schema.renameTable('away', 'api_keys');
        }
      });
    });

    describe('calling a tool', () => {
      const callWith = async (
        tool: string,
        args: Record<string, unknown>,
        request?: Partial<CreateApiKeyRequest>,
      ) => {
        const { key, secret } = await portal.createKey('ada', request);
        const { call } = await connectMcp(portal, secret);
        return { key, result: await call(tool, args) };
      };

      it('gets an error that names the user without the permission, if the plugin gives no reason', async () => {
        portal.policy.current = ({ permission }) =>
          permission.name === 'catalog.location.create'
            ? { result: AuthorizeResult.DENY }
            : undefined;
        const { result } = await callWith(REGISTER, LOCATION);
        expect(result).toMatchObject({
          isError: true,
          text: 'NotAllowedError: The API key acts as user:default/ada, who is not allowed to do this',
        });
      });

      it('gets the error of the HTTP API, while users get the plugin’s own', async () => {
        portal.policy.current = ({ permission }) =>
          permission.name === 'catalog.location.create'
            ? { result: AuthorizeResult.DENY }
            : undefined;
        const { secret } = await portal.createKey('ada');
        const messages = [secret, await portal.signIn('ada')].map(
          async bearer => {
            const { body } = await portal
              .call('post', '/api/catalog/locations', bearer)
              .send({ type: 'url', target: LOCATION.locationUrl })
              .expect(403);
            return body.error.message;
          },
        );
        expect(await Promise.all(messages)).toEqual([
          'The API key acts as user:default/ada, who is not allowed to do this',
          '',
        ]);
      });

      it('gets an error that names the permission that the key is not for', async () => {
        const { result } = await callWith(REGISTER, LOCATION, {
          accessRestrictions: [
            { plugin: 'mcp-actions' },
            { plugin: 'catalog', permission: ['catalog.entity.read'] },
          ],
        });
        expect(result).toMatchObject({
          isError: true,
          text: "NotAllowedError: The API key may be used for the plugin 'catalog', but not for 'catalog.location.create', which this route asks for",
        });
      });

      it('gets an error that a key cannot revoke other keys', async () => {
        const { key: other } = await portal.createKey('ada');
        const { key, result } = await callWith('api-keys.revoke', {
          id: other.id,
        });
        expect(result).toMatchObject({
          isError: true,
          text: `NotAllowedError: An API key can revoke only itself, and this call is made with the key ${key.id}; the page My API Keys of the portal revokes any of yours`,
        });
      });

      it('gets an error that names the missing permission, with the key of a user who may not revoke', async () => {
        portal.policy.current = ({ permission }) =>
          permission.name === 'api-keys.key.revoke'
            ? { result: AuthorizeResult.DENY }
            : undefined;
        const { key, secret } = await portal.createKey('ada');
        const { call } = await connectMcp(portal, secret);
        const { isError, text } = await call('api-keys.revoke', { id: key.id });
        expect(isError).toBe(true);
        expect(text).toMatch(/^NotAllowedError: .*api-keys\.key\.revoke/);
      });

      it('gets an error that its key has ended in the meantime', async () => {
        const { key, secret } = await portal.createKey('ada');
        const { call } = await connectMcp(portal, secret);
        const token = await portal.signIn('ada');
        const path = `/api/api-keys/v1/keys/${key.id}`;
        await portal.call('delete', path, token).expect(204);
        await expect(call('api-keys.whoami')).rejects.toThrow(
          'The API key was revoked on',
        );
      });
    });
  },
);
