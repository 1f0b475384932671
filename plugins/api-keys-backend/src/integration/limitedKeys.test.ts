import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import { Knex } from 'knex';
import request from 'supertest';
import { eventually } from '../__testUtils__/eventually';
import {
  Ledger,
  LEDGER_ENTRY,
  ledgerPlugin,
} from '../__testUtils__/ledgerPlugin';
import {
  endpoints,
  startRemotePlugins,
} from '../__testUtils__/startRemotePlugins';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const READ_LEDGER: ApiKeyAccessRestriction = {
  plugin: 'ledger',
  permissionAttribute: { action: ['read'] },
};
const READ_NOTIFICATIONS: ApiKeyAccessRestriction = {
  plugin: 'notifications',
  permissionAttribute: { action: ['read'] },
};
const GUARDED = { ledger: ['POST /entries/asked', 'POST /failure/:status'] };

describe('a key for some permissions of a plugin', () => {
  let portal: TestPortal;
  let knex: Knex;
  let ledger: Ledger;
  let reader: string;

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    ledger = { written: [] };
    portal = await startTestPortal({
      knex,
      apiKeys: { restrictions: { guardedRoutes: GUARDED } },
      features: [notificationsPlugin, ledgerPlugin(ledger)],
    });
    reader = await secretFor(READ_LEDGER);
  });

  beforeEach(() => {
    ledger.written.length = 0;
    portal.policy.current = () => undefined;
  });

  afterAll(() => portal.stop());

  async function secretFor(...accessRestrictions: ApiKeyAccessRestriction[]) {
    return (await portal.createKey('ada', { accessRestrictions })).secret;
  }

  const call = (method: 'get' | 'post', path: string, bearer = reader) =>
    portal.call(method, `/api/ledger/${path}`, bearer);

  describe('on routes that check permissions', () => {
    it('is answered', async () => {
      const { body } = await call('get', 'entries/asked').expect(200);
      expect(body).toEqual([LEDGER_ENTRY]);
    });

    it('gets the decision of the policy from the plugin', async () => {
      portal.policy.current = ({ permission }) =>
        permission.name === 'ledger.entry.read'
          ? { result: AuthorizeResult.DENY }
          : undefined;
      const { body } = await call('get', 'entries/asked').expect(403);
      expect(body).toEqual([LEDGER_ENTRY]);
    });

    it('gets a 403 if the plugin ignores a denied permission', async () => {
      const { body, headers } = await call('post', 'entries/asked').expect(403);
      expect(ledger.written).toEqual([]);
      const message = `The API key may be used for the plugin 'ledger', but not for 'ledger.entry.create', which this route asks for`;
      expect(body).toEqual({
        error: { name: 'NotAllowedError', message },
        request: { method: 'POST', url: '/api/ledger/entries/asked' },
        response: { statusCode: 403 },
      });
      expect(headers['www-authenticate']).toBe(
        `Bearer realm="backstage", error="insufficient_scope", error_description="${message}"`,
      );
    });

    it('writes with the permission to write', async () => {
      const writer = await secretFor({
        plugin: 'ledger',
        permission: ['ledger.entry.create'],
      });
      await call('post', 'entries/asked', writer).expect(201);
      expect(ledger.written).toEqual(['asked']);
      await call('get', 'entries/asked', writer).expect(403);
    });
  });

  describe('on routes that check no permission', () => {
    it.each(['entries', 'entries/late', 'entries/by/own', 'entries/by/copied'])(
      'reads nothing: GET %s',
      async path => {
        const { text, headers } = await call('get', path).expect(403);
        expect(text).not.toContain(LEDGER_ENTRY);
        expect(JSON.parse(text).error.message).toBe(
          `The API key is for some permissions of the plugin 'ledger', and this route asks for none`,
        );
        expect(headers['www-authenticate']).toContain('insufficient_scope');
        expect(headers['cache-control']).toBe('no-store');
        expect(headers.etag).toBeUndefined();
      },
    );

    it('changes nothing, since only routes known to check permissions accept it', async () => {
      const { body } = await call('post', 'entries/unasked').expect(403);
      expect(body.error.message).toContain('is not known to ask for one');
      expect(ledger.written).toEqual([]);
    });

    it.each([403, 404, 409, 302])(
      'does not see the body of a failure: %s',
      async status => {
        const { text } = await call('get', `failure/${status}`).expect(403);
        expect(text).not.toContain(LEDGER_ENTRY);
      },
    );

    it.each([400, 429, 500, 503])(
      'sees that the request failed, but not why: %s',
      async status => {
        const { text, headers } = await call('get', `failure/${status}`);
        expect(text).not.toContain(LEDGER_ENTRY);
        expect(text).toContain('the reason is withheld');
        expect(headers['retry-after']).toBe(
          [429, 503].includes(status) ? '5' : undefined,
        );
      },
    );

    it('sees why a route failed that is known to check permissions', async () => {
      const { body } = await call('post', 'failure/400').expect(400);
      expect(body).toEqual([LEDGER_ENTRY]);
      await call('post', 'failure/200').expect(403);
    });

    it('records a denial in the audit trail of the key', async () => {
      const { key, secret } = await portal.createKey('ada', {
        accessRestrictions: [READ_LEDGER],
      });
      await call('get', 'entries', secret).expect(403);
      const token = await portal.signIn('ada');
      const path = `/api/api-keys/v1/keys/${key.id}/events`;
      await eventually(async () => {
        const { body } = await portal.call('get', path, token).expect(200);
        expect(body.items[0]).toMatchObject({
          type: 'refused',
          category: 'SECURITY',
          details: { reason: 'restricted', plugin: 'ledger' },
        });
      });
    });
  });

  it('is restricted in each of several concurrent requests', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        const path = i % 2 ? 'entries' : 'entries/asked';
        return [path, (await call('get', path)).status];
      }),
    );
    for (const [path, status] of statuses) {
      expect([path, status]).toEqual([path, path === 'entries' ? 403 : 200]);
    }
  });

  it('is denied outside the HTTP layer', async () => {
    const secret = await secretFor({
      plugin: 'probe',
      permission: ['probe.look'],
    });
    const { body } = await portal
      .call('post', '/api/probe/direct')
      .send({ token: secret })
      .expect(403);
    expect(body.error.message).toContain('only in requests over HTTP');
  });

  it('does not affect keys for the whole plugin, unrestricted keys and sessions', async () => {
    const bearers = [
      await secretFor({ plugin: 'ledger' }),
      (await portal.createKey('ada')).secret,
      await portal.signIn('ada'),
    ];
    for (const bearer of bearers) {
      await call('get', 'entries', bearer).expect(200);
      await call('get', 'failure/409', bearer).expect(409);
      await call('post', 'entries/unasked', bearer).expect(201);
    }
    expect(ledger.written).toHaveLength(3);
  });

  it('is restricted if another plugin calls on behalf of it', async () => {
    const secret = await secretFor({ plugin: 'probe' }, READ_LEDGER);
    const hop = (path: string) =>
      portal.call('get', `/api/probe/hop/ledger/${path}`, secret);
    await hop('entries/asked').expect(200);
    const { body } = await hop('entries').expect(403);
    expect(body.error.message).toContain('asks for none');
    await portal
      .call('post', '/api/probe/hop/ledger/entries/unasked', secret)
      .expect(403);
    expect(ledger.written).toEqual([]);
  });

  describe('for a plugin without permissions', () => {
    it.each<[string, ApiKeyAccessRestriction]>([
      ['permissionAttribute', READ_NOTIFICATIONS],
      [
        'permission',
        { plugin: 'notifications', permission: ['catalog.entity.read'] },
      ],
    ])('cannot be created: %s', async (field, restriction) => {
      const { body } = await portal
        .call('post', '/api/api-keys/v1/keys', await portal.signIn('ada'))
        .send({ name: 'ci', accessRestrictions: [restriction] })
        .expect(400);
      expect(body.error.message).toBe(
        `accessRestrictions[0].${field}: must be left out, since the plugin 'notifications' has no permissions`,
      );
    });

    it('is denied if it was created before this rule', async () => {
      const { key, secret } = await portal.createKey('ada', {
        accessRestrictions: [{ plugin: 'notifications' }],
      });
      const session = await portal.signIn('ada');
      const send = (
        method: 'get' | 'post',
        path: string,
        bearer: string,
        body?: object,
      ) => portal.call(method, `/api/notifications/${path}`, bearer).send(body);
      const topic = {
        channels: [{ id: 'Web', origins: [{ id: 'x', enabled: false }] }],
      };
      await send('post', 'settings', session, topic).expect(200);
      const before = await send('get', 'settings', session);

      await knex('api_keys')
        .where({ id: key.id })
        .update({ access_restrictions: JSON.stringify([READ_NOTIFICATIONS]) });
      await eventually(async () => {
        await send('get', 'status', secret).expect(403);
      });
      const changes = { ids: [key.id], read: true };
      await send('post', 'update', secret, changes).expect(403);
      await send('post', 'notifications/update', secret, changes).expect(403);
      await send('post', 'settings', secret, { channels: [] }).expect(403);
      for (const path of ['', 'notifications', 'settings', 'topics']) {
        const { body } = await send('get', path, secret).expect(403);
        expect(body.error.message).toBe(
          `The API key is for some permissions of the plugin 'notifications', which has none`,
        );
      }
      const after = await send('get', 'settings', session).expect(200);
      expect(after.body).toEqual(before.body);

      const { body } = await portal
        .call('post', `/api/api-keys/v1/keys/${key.id}/check`, session)
        .send({ plugin: 'notifications' })
        .expect(200);
      expect(body).toEqual({
        allowed: false,
        decision: 'deny',
        rule: 'restriction',
        message: `The API key is for some permissions of the plugin 'notifications', which has none`,
      });
    });
  });

  it('has a check that allows routes with a permission of the key, and nothing else', async () => {
    const { key } = await portal.createKey('ada', {
      accessRestrictions: [READ_LEDGER],
    });
    const check = async (body: object) => {
      const answer = await portal
        .call(
          'post',
          `/api/api-keys/v1/keys/${key.id}/check`,
          await portal.signIn('ada'),
        )
        .send(body)
        .expect(200);
      return answer.body;
    };
    expect(await check({ plugin: 'ledger' })).toEqual({
      allowed: false,
      decision: 'conditional',
      rule: 'restriction',
      message: `The API key may call what asks for a permission that it has in the plugin 'ledger', and nothing else there`,
    });
    expect(
      await check({ plugin: 'ledger', permission: 'ledger.entry.read' }),
    ).toMatchObject({ decision: 'allow', rule: 'policy' });
  });
});

describe('a key for some permissions of a plugin in another backend', () => {
  let portal: TestPortal;
  let stopRemote: () => Promise<void>;
  let url: string;
  const ledger: Ledger = { written: [] };

  beforeAll(async () => {
    const mainPort = await freePort();
    const port = await freePort();
    url = `http://localhost:${port}/api/ledger`;
    portal = await startTestPortal({
      port: mainPort,
      config: endpoints(port, ['ledger']),
    });
    const remote = await startRemotePlugins({
      port,
      mainPort,
      features: [...apiKeyServiceFactories, ledgerPlugin(ledger)],
    });
    stopRemote = remote.stop;
  });

  afterAll(async () => {
    await stopRemote();
    await portal.stop();
  });

  it('is restricted there, directly and through a plugin of the portal', async () => {
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe' }, READ_LEDGER],
    });
    const hop = `${portal.url}/api/probe/hop/ledger`;
    for (const base of [url, hop]) {
      const call = (method: 'get' | 'post', path: string) =>
        request(base)[method](path).set('Authorization', `Bearer ${secret}`);
      await call('get', '/entries/asked').expect(200);
      const { body } = await call('get', '/entries').expect(403);
      expect(body.error.message).toContain('asks for none');
      await call('post', '/entries/unasked').expect(403);
      await call('post', '/entries/asked').expect(403);
    }
    expect(ledger.written).toEqual([]);
  });
});
