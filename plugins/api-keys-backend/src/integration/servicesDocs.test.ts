import {
  BackstageCredentials,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { apiKeysServiceRef } from 'backstage-plugin-api-keys-node';
import Router from 'express-promise-router';
import { parse } from 'yaml';
import {
  patternOf,
  readDocument,
  runCommands,
  snippetsOf,
} from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { ordersPlugin } from '../__testUtils__/ordersPlugin';
import { startProgram } from '../__testUtils__/startProgram';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const page = readDocument('docs/services.md');
const [service, program, plugin] = snippetsOf(page, 'ts');
const commands = snippetsOf(page, 'shell');
const promised = snippetsOf(page, 'text');

/** Loads the key of the first request again in a later one. */
const memory: { credentials?: BackstageCredentials } = {};
const rememberingPlugin = createBackendPlugin({
  pluginId: 'remembering',
  register(reg) {
    reg.registerInit({
      deps: {
        apiKeys: apiKeysServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
      },
      async init({ apiKeys, httpAuth, httpRouter }) {
        const router = Router();
        router.get('/key', async (req, res) => {
          const credentials = await httpAuth.credentials(req);
          memory.credentials ??= credentials;
          res.json((await apiKeys.keyOf(memory.credentials)) ?? null);
        });
        httpRouter.use(router);
      },
    });
  },
});

describe('the page about services', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    const [yaml] = snippetsOf(page, 'yaml');
    portal = await startTestPortal({
      apiKeys: parse(yaml).apiKeys,
      features: [ordersPlugin, rememberingPlugin],
    });
  });

  afterAll(() => portal.stop());

  beforeEach(() => {
    memory.credentials = undefined;
  });

  const create = (body?: Partial<CreateApiKeyRequest>) =>
    portal.createKey('ada', body);

  /** Environment with the key of the service and that of a caller. */
  async function variables(port = 0) {
    const [body] = snippetsOf(page, 'json');
    const { secret: own } = await portal.createKey('grace', JSON.parse(body));
    const { secret } = await create({ scopes: ['orders:read'] });
    return {
      BACKSTAGE: portal.url,
      BACKSTAGE_TOKEN: own,
      SECRET: secret,
      PORT: String(port),
      ORDERS: `http://localhost:${port}`,
    };
  }

  it('has a service that accepts keys and responds as documented', async () => {
    const env = await variables(await freePort());
    const { stop } = await startProgram(service, env);
    try {
      await eventually(async () => {
        await fetch(env.ORDERS);
      });
      const [order, bare] = commands;
      expect(await runCommands([order, 'echo', bare], env)).toBe(
        promised.slice(0, 2).join(''),
      );
      const none = await create();
      const { status } = await fetch(`${env.ORDERS}/orders`, {
        headers: { 'X-API-Key': none.secret },
      });
      expect(status).toBe(403);
    } finally {
      await stop();
    }
  });

  it.each<[string, object, string]>([
    ['accepted', {}, 'user:default/ada\n'],
    ['refused', { SECRET: 'unknown' }, 'not accepted\n'],
    ['unknown in an outage', { BACKSTAGE_TOKEN: 'x' }, 'ask again in 5 s\n'],
  ])('has a program that reports a key as %s', async (_, other, printed) => {
    const env = { ...(await variables()), ...other };
    const { ended } = await startProgram(program, env);
    expect(await ended()).toBe(printed);
  });

  it('shows with curl the documented responses about keys', async () => {
    const printed = commands
      .slice(2)
      .map(async command => runCommands([command, 'echo'], await variables()));
    expect(printed).toHaveLength(2);
    for (const [i, text] of (await Promise.all(printed)).entries()) {
      expect(text).toMatch(patternOf(promised[2 + i]));
    }
  });

  it('shows the plugin that the tests below run', () => {
    expect(
      readDocument(
        'plugins/api-keys-backend/src/__testUtils__/ordersPlugin.ts',
      ),
    ).toBe(plugin);
  });

  describe('has a plugin that', () => {
    const order = async (bearer: string, path = '/api/orders/orders') => {
      const { body } = await portal.call('post', path, bearer).expect(200);
      return body;
    };

    it('knows which key placed an order', async () => {
      const { key, secret } = await create();
      const expected = { orderedBy: 'user:default/ada', withKey: key.id };
      expect(await order(secret)).toEqual(expected);
      expect(await order(secret, '/api/probe/hop/orders/orders')).toEqual(
        expected,
      );
      expect(await order(await portal.signIn('ada'))).toEqual({
        ...expected,
        withKey: null,
      });
    });

    it('knows the owner of a secret that it verifies, without counting a use', async () => {
      const { key, secret } = await create();
      const ada = await portal.signIn('ada');
      const deliver = (text: string) =>
        portal
          .call('post', '/api/orders/deliveries', ada)
          .send({ secret: text });
      const { body } = await deliver(secret).expect(200);
      expect(body).toEqual({ deliveredBy: 'user:default/ada' });

      const path = `/api/api-keys/v1/keys/${key.id}`;
      const { body: unused } = await portal.call('get', path, ada).expect(200);
      expect(unused).toMatchObject({ useCount: 0, lastUsedAt: null });

      await portal.call('delete', path, ada).expect(204);
      const { body: refused } = await deliver(secret).expect(422);
      expect(refused.problem).toMatch(/^The API key was revoked on /);
      await deliver(`${secret}x`).expect(422);
    });
  });

  describe('describes a keyOf that', () => {
    const keyOf = (bearer: string) =>
      portal.call('get', '/api/remembering/key', bearer);

    it('returns the key, its owner and its scopes', async () => {
      const { key, secret } = await create({ scopes: ['orders:read'] });
      const { body } = await keyOf(secret).expect(200);
      expect(body).toEqual({
        id: key.id,
        owner: 'user:default/ada',
        subject: 'user:default/ada',
        scopes: ['orders:read'],
      });
    });

    it('returns no scopes for a key without scopes', async () => {
      const { secret } = await create();
      const { body } = await keyOf(secret).expect(200);
      expect(body.scopes).toEqual([]);
    });

    it('returns null for a session', async () => {
      const { body } = await keyOf(await portal.signIn('ada')).expect(200);
      expect(body).toBeNull();
    });

    it('rejects a key that has ended since', async () => {
      const { key, secret } = await create();
      await keyOf(secret).expect(200);
      const ada = await portal.signIn('ada');
      const path = `/api/api-keys/v1/keys/${key.id}`;
      await portal.call('delete', path, ada).expect(204);
      const { body } = await keyOf(ada).expect(401);
      expect(body.error.message).toMatch(/^The API key was revoked on /);
    });
  });
});
