import http from 'node:http';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { eventually } from '../__testUtils__/eventually';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const ADA = 'user:default/ada';
const SCOPE = /^Bearer realm="backstage", error="insufficient_scope", /;

describe('a request with a restricted key', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({});
  });

  afterAll(() => portal.stop());

  afterEach(() => {
    portal.policy.current = () => undefined;
  });

  const keyFor = async (...accessRestrictions: ApiKeyAccessRestriction[]) =>
    portal.createKey('ada', { name: 'restricted', accessRestrictions });
  const secretFor = async (...restrictions: ApiKeyAccessRestriction[]) =>
    (await keyFor(...restrictions)).secret;

  describe('to a plugin directly', () => {
    it('is accepted by a plugin that the key is for, with its subject', async () => {
      const secret = await secretFor({ plugin: 'probe' });
      const { body } = await portal
        .call('get', '/api/probe/whoami', secret)
        .expect(200);
      expect(body.principal.userEntityRef).toBe(ADA);
    });

    it('is denied by every other plugin, and the error lists the plugins of the key', async () => {
      const secret = await secretFor(
        { plugin: 'probe' },
        { plugin: 'api-keys' },
      );
      const { body, headers } = await portal
        .call('get', '/api/other/whoami', secret)
        .expect(403);
      expect(body.error).toMatchObject({
        name: 'NotAllowedError',
        message: `The API key may not be used for the plugin 'other', only for 'probe', 'api-keys'`,
      });
      expect(headers['www-authenticate']).toMatch(SCOPE);
      expect(headers['cache-control']).toBe('no-store');
    });

    it('is not counted as a use where it is denied, and is recorded', async () => {
      const { key, secret } = await keyFor({ plugin: 'probe' });
      await portal.call('get', '/api/other/whoami', secret).expect(403);
      await portal.call('get', '/api/other/whoami', secret).expect(403);
      const token = await portal.signIn('ada');
      const path = `/api/api-keys/v1/keys/${key.id}`;
      await eventually(async () => {
        const { body } = await portal.call('get', `${path}/events`, token);
        const refusals = body.items.filter(
          ({ type }: { type: string }) => type === 'refused',
        );
        expect(refusals).toEqual([
          expect.objectContaining({
            category: 'SECURITY',
            details: expect.objectContaining({
              reason: 'restricted',
              plugin: 'other',
            }),
          }),
        ]);
      });
      const { body } = await portal.call('get', path, token);
      expect(body.useCount).toBe(0);
    });

    it('is denied outside the HTTP layer', async () => {
      const secret = await secretFor({ plugin: 'probe' });
      await portal
        .call('post', '/api/other/direct')
        .send({ token: secret })
        .expect(403);
    });
  });

  describe('with permission checks', () => {
    const { ALLOW, DENY, CONDITIONAL } = AuthorizeResult;
    /** A key without any of the checked permissions gets a 403 instead of the response. */
    const ask = async (secret: string, query: string, path = 'ask') => {
      const { status, body } = await portal.call(
        'get',
        `/api/probe/${path}?${query}`,
        secret,
      );
      if (status === 403) return [DENY];
      return body.map(({ result }: { result: string }) => result);
    };

    it('is allowed its permissions, in the order in which a plugin checks them', async () => {
      const secret = await secretFor({
        plugin: 'probe',
        permission: ['probe.b', 'probe.d'],
      });
      expect(
        await ask(secret, 'permission=probe.a,probe.b,probe.c,probe.d'),
      ).toEqual([DENY, ALLOW, DENY, ALLOW]);
    });

    it.each([
      ['read', ALLOW],
      ['delete', DENY],
      ['', DENY],
    ])('is allowed its permissions by action: %p', async (action, result) => {
      const secret = await secretFor({
        plugin: 'probe',
        permissionAttribute: { action: ['read'] },
      });
      expect(await ask(secret, `permission=probe.a&action=${action}`)).toEqual([
        result,
      ]);
    });

    it('needs both if it is restricted by both', async () => {
      const secret = await secretFor({
        plugin: 'probe',
        permission: ['probe.a'],
        permissionAttribute: { action: ['read'] },
      });
      const asked = (query: string) => ask(secret, query);
      expect(await asked('permission=probe.a&action=read')).toEqual([ALLOW]);
      expect(await asked('permission=probe.b&action=read')).toEqual([DENY]);
      expect(await asked('permission=probe.a&action=delete')).toEqual([DENY]);
    });

    it('asks the policy about no other permission, and the policy decides last', async () => {
      const heard: string[] = [];
      portal.policy.current = ({ permission }) => {
        heard.push(permission.name);
        return permission.name === 'probe.b' ? { result: DENY } : undefined;
      };
      const secret = await secretFor({
        plugin: 'probe',
        permission: ['probe.a', 'probe.b'],
      });
      heard.length = 0;
      expect(await ask(secret, 'permission=probe.a,probe.b,probe.c')).toEqual([
        ALLOW,
        DENY,
        DENY,
      ]);
      expect(heard).toEqual(['probe.a', 'probe.b']);
    });

    it('gets the conditions of its permissions', async () => {
      portal.policy.current = ({ permission }) =>
        permission.name.startsWith('probe.')
          ? {
              result: CONDITIONAL,
              pluginId: 'probe',
              resourceType: 'thing',
              conditions: { rule: 'IS', resourceType: 'thing', params: {} },
            }
          : undefined;
      const secret = await secretFor({
        plugin: 'probe',
        permission: ['probe.a'],
      });
      expect(
        await ask(secret, 'permission=probe.a,probe.b', 'ask-conditionally'),
      ).toEqual([CONDITIONAL, DENY]);
    });

    it('gets the reason if the plugin denies for lack of a permission', async () => {
      const secret = await secretFor({
        plugin: 'api-keys',
        permission: ['api-keys.key.revoke'],
      });
      const { headers } = await portal
        .call('get', '/api/api-keys/v1/keys', secret)
        .expect(403);
      expect(headers['www-authenticate']).toMatch(SCOPE);
    });
  });

  describe('through another plugin', () => {
    it('reaches a plugin that it is for', async () => {
      const secret = await secretFor({ plugin: 'probe' }, { plugin: 'other' });
      const { body } = await portal
        .call('get', '/api/probe/hop/other/whoami', secret)
        .expect(200);
      expect(body.principal).toMatchObject({
        userEntityRef: ADA,
        actor: { subject: 'plugin:probe' },
      });
    });

    it('does not reach any other plugin', async () => {
      const secret = await secretFor({ plugin: 'probe' });
      const { body } = await portal
        .call('get', '/api/probe/hop/other/whoami', secret)
        .expect(403);
      expect(body.error.message).toContain(
        `not be used for the plugin 'other'`,
      );
    });

    it('has no more permissions there than directly', async () => {
      const secret = await secretFor(
        { plugin: 'probe' },
        { plugin: 'other', permission: ['probe.look'] },
      );
      const asked = await portal
        .call('get', '/api/probe/hop/other/allowed', secret)
        .expect(200);
      expect(asked.body).toEqual({ allowed: true });
      const narrow = await secretFor(
        { plugin: 'probe' },
        { plugin: 'other', permission: ['other.thing'] },
      );
      const denied = await portal
        .call('get', '/api/probe/hop/other/allowed', narrow)
        .expect(403);
      expect(denied.body.error.message).toBe(
        `The API key may be used for the plugin 'other', but not for 'probe.look', which this route asks for`,
      );
    });

    it('stays restricted over two hops', async () => {
      const secret = await secretFor({ plugin: 'probe' }, { plugin: 'other' });
      const twice = '/api/probe/hop/other/hop';
      await portal.call('get', `${twice}/probe/whoami`, secret).expect(200);
      await portal.call('get', `${twice}/catalog/whoami`, secret).expect(403);
    });
  });

  describe('about itself', () => {
    it('is accepted with any restrictions', async () => {
      const secret = await secretFor({ plugin: 'probe' });
      const { body } = await portal
        .call('get', '/api/api-keys/v1/self', secret)
        .expect(200);
      expect(body.accessRestrictions).toEqual([{ plugin: 'probe' }]);
      const { body: rotated } = await portal
        .call('post', '/api/api-keys/v1/self/rotate', secret)
        .send({})
        .expect(201);
      expect(rotated.key.accessRestrictions).toEqual([{ plugin: 'probe' }]);
      await portal.call('get', '/api/other/whoami', rotated.secret).expect(403);
      await portal
        .call('delete', '/api/api-keys/v1/self', rotated.secret)
        .expect(204);
    });

    it.each([
      ['get', '/api/api-keys/v1/keys'],
      ['get', '/api/api-keys/v1/policy'],
      ['get', '/api/api-keys/v1/admin/keys'],
    ] as const)('and nothing else: %s %s', async (method, path) => {
      const secret = await secretFor({ plugin: 'probe' });
      await portal.call(method, path, secret).expect(403);
    });
  });

  it.each([
    '/api/api-keys/v1/self/../keys',
    '/api/api-keys/v1/self/rotate/../../keys',
    '/api/api-keys/v1/self%2F..%2Fkeys',
    '/api/api-keys/v1//self',
  ])('does not bypass its restrictions by a path: %s', async path => {
    const secret = await secretFor({ plugin: 'probe' });
    const { hostname, port } = new URL(portal.url);
    const status = await new Promise(resolve => {
      const headers = { Authorization: `Bearer ${secret}` };
      http.get({ hostname, port, path, headers }, res => {
        res.resume();
        resolve(res.statusCode);
      });
    });
    expect([403, 404]).toContain(status);
  });

  it('does not affect other keys and the session of its owner', async () => {
    const restricted = await secretFor({ plugin: 'probe' });
    const { secret } = await portal.createKey('ada');
    await portal.call('get', '/api/other/whoami', restricted).expect(403);
    for (const bearer of [secret, await portal.signIn('ada')]) {
      await portal.call('get', '/api/other/whoami', bearer).expect(200);
      await portal
        .call('get', '/api/probe/hop/other/whoami', bearer)
        .expect(200);
    }
  });
});

describe('a key for some addresses', () => {
  let portal: TestPortal;
  let secret: string;

  beforeAll(async () => {
    portal = await startTestPortal({
      backend: { trustProxy: 1 },
      port: await freePort(),
    });
    ({ secret } = await portal.createKey('ada', {
      allowedIps: ['192.0.2.0/24'],
    }));
  });

  afterAll(() => portal.stop());

  const from = (addresses: string, path = '/api/probe/whoami') =>
    portal.call('get', path, secret).set('X-Forwarded-For', addresses);

  it('is accepted from there, and on its way through the backend', async () => {
    await from('192.0.2.7').expect(200);
    await from('::ffff:192.0.2.7').expect(200);
    await from('192.0.2.7', '/api/probe/hop/other/whoami').expect(200);
    await from('192.0.2.7', '/api/api-keys/v1/self').expect(200);
    await from('192.0.2.7:4711').expect(200);
  });

  it('is denied from any other address, also for the key itself', async () => {
    for (const path of ['/api/probe/whoami', '/api/api-keys/v1/self']) {
      const { body, headers } = await from('198.51.100.7', path).expect(403);
      expect(body.error.message).toBe(
        'The API key may not be used from 198.51.100.7',
      );
      expect(headers['www-authenticate']).toMatch(SCOPE);
    }
  });

  it('trusts only the proxies that Backstage trusts', async () => {
    await from('192.0.2.7, 198.51.100.7').expect(403);
  });

  it.each(['unknown', '_hidden', '192.0.2.7:port', '192.0.2'])(
    'is denied if the proxy writes %s, and the error says what to check',
    async address => {
      const { body, headers } = await from(address).expect(403);
      expect(body.error.message).toBe(
        'The API key may not be used from an unknown address: that of the request could not be read (see Addresses behind a proxy in docs/restrictions.md)',
      );
      expect(headers['www-authenticate']).toMatch(SCOPE);
    },
  );

  it('is denied if the address is unknown', async () => {
    const { body } = await portal
      .call('post', '/api/other/direct')
      .send({ token: secret })
      .expect(403);
    expect(body.error.message).toContain('from an unknown address');
  });
});
