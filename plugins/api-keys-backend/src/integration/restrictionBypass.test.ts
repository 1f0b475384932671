import http from 'node:http';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { decodeJwt } from 'jose';
import { WebSocket } from 'ws';
import { leakyPlugin } from '../__testUtils__/leakyPlugin';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const { ALLOW, DENY } = AuthorizeResult;
const FOR_LEAKY: ApiKeyAccessRestriction = { plugin: 'leaky' };
/** Order of the curve P-256. */
const ORDER =
  0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/**
 * Returns other spellings of a JWT that a verifier accepts as equal: (r, n - s), and unused bits of the last character.
 */
function spellingsOf(token: string): string[] {
  const start = token.lastIndexOf('.') + 1;
  const signed = token.slice(0, start);
  const signature = Buffer.from(token.slice(start), 'base64url');
  const s = BigInt(`0x${signature.subarray(32).toString('hex')}`);
  const other = (ORDER - s).toString(16).padStart(64, '0');
  const flipped = Buffer.concat([
    signature.subarray(0, 32),
    Buffer.from(other, 'hex'),
  ]);
  const alphabet =
    'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(token.at(-1)!);
  return [
    token,
    signed + flipped.toString('base64url'),
    token.slice(0, -1) + alphabet[(last & ~15) | ((last + 1) & 15)],
    `${token}=`,
  ];
}

describe('attempts to bypass the restrictions of a key', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      port: await freePort(),
      apiKeys: { restrictions: { guardedRoutes: { leaky: ['POST /ask'] } } },
      features: [leakyPlugin('leaky'), signalsPlugin],
    });
  });

  afterAll(() => portal.stop());

  afterEach(() => {
    portal.policy.current = () => undefined;
  });

  const secretFor = async (
    ...accessRestrictions: ApiKeyAccessRestriction[]
  ): Promise<string> =>
    (await portal.createKey('ada', { accessRestrictions })).secret;
  const get = (path: string, bearer?: string) =>
    portal.call('get', `/api/${path}`, bearer);
  const post = (path: string, bearer: string, body: object = {}) =>
    portal.call('post', `/api/${path}`, bearer).send(body);
  const withCookie = (path: string, token: string) =>
    get(path).set('Cookie', `backstage-auth=${token}`);

  /** Sends a request unchanged, with a path that no client library would send. */
  const send = (
    path: string,
    options: { method?: string; headers?: Record<string, string> },
  ) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(portal.url);
      http
        .request({ hostname, port, path, ...options }, res => {
          res.resume();
          resolve(res.statusCode!);
        })
        .on('error', reject)
        .end();
    });

  describe('a token that leaked out of the backend', () => {
    let leaked: { full: string; limited: string; call: string };

    beforeAll(async () => {
      const secret = await secretFor(FOR_LEAKY, { plugin: 'probe' });
      const { body } = await get('leaky/leak/probe', secret).expect(200);
      leaked = body;
    });

    it('grants no more than the key when sent as a bearer token, in any spelling', async () => {
      await get('probe/whoami', leaked.full).expect(200);
      for (const token of spellingsOf(leaked.full)) {
        const { status } = await get('other/whoami', token);
        expect([401, 403]).toContain(status);
      }
    });

    it('grants no more than the key when sent in a cookie, in any spelling', async () => {
      await withCookie('probe/cookie-route', leaked.limited).expect(200);
      for (const token of spellingsOf(leaked.limited)) {
        const { status } = await withCookie('other/cookie-route', token);
        expect([401, 403]).toContain(status);
      }
    });

    it('is not accepted as a bearer token in its limited form', async () => {
      for (const plugin of ['probe', 'other']) {
        const { status } = await get(`${plugin}/whoami`, leaked.limited);
        expect([401, 403]).toContain(status);
      }
    });

    it.each(['full', 'limited'] as const)(
      'is denied outside the HTTP layer (%s)',
      async form => {
        await portal
          .call('post', '/api/other/direct')
          .send({ token: leaked[form] })
          .expect(403);
      },
    );

    it('shows its owner at the auth plugin, and nothing else', async () => {
      const { body } = await get('auth/v1/userinfo', leaked.full).expect(200);
      expect(body.claims.sub).toBe('user:default/ada');
      await get('other/.backstage/auth/v1/cookie', leaked.full).expect(403);
      await get('probe/.backstage/auth/v1/cookie', leaked.full).expect(403);
    });

    it('is accepted only by its target plugin if it is a token for a call', async () => {
      const asLeaky = await get('probe/whoami', leaked.call).expect(200);
      expect(asLeaky.body.principal.actor.subject).toBe('plugin:leaky');
      await get('other/whoami', leaked.call).expect(401);
    });

    it.each([
      ['stripped', (obo: string) => obo.split('~')[0]],
      ['of another key', (obo: string) => `${obo.split('~')[0]}~another`],
      ['doubled', (obo: string) => `${obo}~another`],
      ['empty', (obo: string) => `${obo.split('~')[0]}~`],
    ])('is rejected if the key id in it is %s', async (_, change) => {
      const [header, claims, signature] = leaked.call.split('.');
      const { obo, ...rest } = decodeJwt(leaked.call);
      expect(obo).toMatch(/~[-0-9a-f]{36}$/);
      const forged = { ...rest, obo: change(String(obo)) };
      const encoded = Buffer.from(JSON.stringify(forged)).toString('base64url');
      expect(encoded).not.toBe(claims);
      await get('probe/whoami', `${header}.${encoded}.${signature}`).expect(
        401,
      );
    });

    it('is rejected if somebody appends a key id to a user token', async () => {
      const session = await portal.signIn('ada');
      await get('probe/whoami', `${session}~another`).expect(401);
      await get('probe/whoami', `${leaked.full}~another`).expect(401);
      await withCookie(
        'probe/cookie-route',
        `${leaked.limited}~another`,
      ).expect(401);
    });
  });

  describe('a plugin that continues after its response', () => {
    it('is subject to the restrictions of the key, and stops when the key ends', async () => {
      const { key, secret } = await portal.createKey('ada', {
        accessRestrictions: [FOR_LEAKY, { plugin: 'probe' }],
      });
      const { body } = await get('leaky/kept', secret).expect(200);
      const session = await portal.signIn('ada');
      const later = (plugin: string) =>
        post(`leaky/later/${plugin}/whoami`, session, body);
      await later('probe').expect(200);
      await later('other').expect(403);
      await portal
        .call('delete', `/api/api-keys/v1/keys/${key.id}`, session)
        .expect(204);
      await later('probe').expect(401);
    });
  });

  describe('a permission check', () => {
    const FOR_A: ApiKeyAccessRestriction = {
      plugin: 'leaky',
      permission: ['leaky.a'],
    };
    const [a, b] = ['a', 'b'].map(name => ({
      type: 'basic',
      name: `leaky.${name}`,
      attributes: {},
    }));

    it('is allowed only for the permissions of the key', async () => {
      const secret = await secretFor(FOR_A);
      const { body } = await post('leaky/ask', secret, {
        permissions: [b, a, b],
        by: 'credentials',
      }).expect(200);
      expect(body).toEqual([DENY, ALLOW, DENY]);
    });

    it('is denied for a token, which does not identify the request that checks', async () => {
      const secret = await secretFor(FOR_A);
      const permissions = [a];
      await post('leaky/ask', secret, { permissions, by: 'token' }).expect(403);
    });

    it('returns the same decision twice', async () => {
      const secret = await secretFor(FOR_A);
      const { body } = await post('leaky/ask', secret, {
        permissions: [a, b],
        by: 'twice',
      }).expect(200);
      expect(body).toEqual([ALLOW, DENY, ALLOW]);
      const { body: denied } = await post('leaky/ask', secret, {
        permissions: [b, a],
        by: 'twice',
      }).expect(200);
      expect(denied).toEqual([DENY, ALLOW, DENY]);
    });

    it.each([
      { ...b, name: 'LEAKY.A' },
      { ...b, name: 'leaky.a ' },
      { ...b, name: ['leaky.a'] },
      { ...b, name: 'leaky.b', attributes: { action: 'read' } },
      { ...b, __proto__: a },
    ])('does not match a similar permission: %j', async permission => {
      const secret = await secretFor(FOR_A);
      const { body } = await post('leaky/ask', secret, {
        permissions: [permission],
      }).expect(403);
      expect(body.error.message).toContain('which this route asks for');
    });

    it.each([{}, { action: 'write' }, { action: ['read'] }, { action: null }])(
      'requires an action that the key is for: %j',
      async attributes => {
        const secret = await secretFor({
          plugin: 'leaky',
          permissionAttribute: { action: ['read'] },
        });
        const { body } = await post('leaky/ask', secret, {
          permissions: [{ ...a, attributes }],
        }).expect(403);
        expect(body.error.message).toContain('which this route asks for');
      },
    );

    it('is denied to a key that calls the permission backend directly', async () => {
      const items = [{ id: '1', permission: b }];
      const secret = await secretFor(FOR_A);
      await post('permission/authorize', secret, { items }).expect(403);
      const forPermission = await secretFor({
        plugin: 'permission',
        permission: ['leaky.a'],
      }).catch(() => undefined);
      expect(forPermission).toBeUndefined();
    });
  });

  describe('the routes that Backstage adds to those of a plugin', () => {
    const RESOURCE = {
      plugin: 'probe',
      permission: ['probe.thing.read'],
    };

    it('apply no conditions for a key', async () => {
      const path = 'probe/.well-known/backstage/permissions/apply-conditions';
      const items = [
        {
          id: '1',
          resourceRef: 'thing:1',
          resourceType: 'thing',
          conditions: { rule: 'IS', resourceType: 'thing', params: {} },
        },
      ];
      for (const restriction of [RESOURCE, FOR_LEAKY]) {
        const secret = await secretFor(restriction);
        const { status } = await post(path, secret, { items });
        expect(status).toBe(403);
      }
    });

    it.each([
      ['GET', 'tasks'],
      ['POST', 'tasks/any/trigger'],
      ['POST', 'tasks/any/cancel'],
    ])(
      'deny a key for some permissions at the schedule: %s %s',
      async (method, path) => {
        const secret = await secretFor({
          plugin: 'api-keys',
          permission: ['api-keys.key.read'],
        });
        const headers = { Authorization: `Bearer ${secret}` };
        for (const mount of ['.backstage/scheduler', '.BACKSTAGE/Scheduler']) {
          const whole = `/api/api-keys/${mount}/v1/${path}`;
          expect(await send(whole, { method, headers })).toBe(403);
        }
      },
    );

    it('deny it at the schedule through another plugin too', async () => {
      const secret = await secretFor(FOR_LEAKY, {
        plugin: 'api-keys',
        permission: ['api-keys.key.read'],
      });
      const path = '.backstage/scheduler/v1/tasks/any/trigger';
      await post(`leaky/as/api-keys/${path}`, secret).expect(403);
    });

    it('accept a key for the whole plugin at the schedule', async () => {
      const secret = await secretFor({ plugin: 'api-keys' });
      await get('api-keys/.backstage/scheduler/v1/tasks', secret).expect(200);
    });
  });

  describe('the routes with which a key manages itself', () => {
    it.each([
      ['GET', '/api/api-keys/v1/self/../policy'],
      ['GET', '/api/api-keys/v1/self/..%2fpolicy'],
      ['GET', '/api/api-keys/v1/self;/../policy'],
      ['GET', '/api/api-keys/v1/policy?/v1/self'],
      ['GET', '/api/api-keys/v1/policy#/v1/self'],
      ['GET', '/api/api-keys/v1/policy/%2e%2e/self'],
      ['GET', '/api/api-keys/v1/self%00/../policy'],
      ['GET', '//api/api-keys/v1/self'],
      ['POST', '/api/api-keys/v1/self'],
      ['PATCH', '/api/api-keys/v1/self'],
      ['GET', '/api/other/v1/self'],
      ['GET', '/api/other/api/api-keys/v1/self'],
    ])('do not lead to other routes: %s %s', async (method, path) => {
      const secret = await secretFor(FOR_LEAKY);
      const headers = { Authorization: `Bearer ${secret}` };
      const status = await send(path, { method, headers });
      expect([400, 403, 404, 405]).toContain(status);
    });

    it.each(['X-HTTP-Method-Override', 'X-Original-URL', 'X-Rewrite-URL'])(
      'do not lead to other routes by the header %s',
      async name => {
        const secret = await secretFor(FOR_LEAKY);
        for (const value of ['DELETE', '/api/api-keys/v1/self']) {
          await get('api-keys/v1/policy', secret).set(name, value).expect(403);
          await get('api-keys/v1/self', secret).set(name, value).expect(200);
        }
      },
    );
  });

  describe('a key next to another one', () => {
    it.each(['X-API-Key', 'x-api-key'])(
      'is rejected in %s, even if one of the two is for this route',
      async header => {
        const here = await secretFor({ plugin: 'probe' });
        const there = await secretFor({ plugin: 'other' });
        await get('probe/whoami', here).set(header, there).expect(400);
        await get('probe/whoami', there).set(header, here).expect(400);
      },
    );

    it('is ignored next to a cookie of a user with more permissions', async () => {
      const secret = await secretFor({ plugin: 'probe' });
      const session = await portal.signIn('ada');
      const { headers } = await get(
        'other/.backstage/auth/v1/cookie',
        session,
      ).expect(200);
      const [cookie] = String(headers['set-cookie']).split(';');
      await get('other/cookie-route', secret).set('Cookie', cookie).expect(403);
      await get('other/cookie-route').set('Cookie', cookie).expect(200);
    });
  });

  describe('a plugin that forwards headers', () => {
    it.each(['Authorization', 'X-API-Key'])(
      'forwards the restrictions with %s',
      async header => {
        const secret = await secretFor(FOR_LEAKY, { plugin: 'probe' });
        const value = header === 'X-API-Key' ? secret : `Bearer ${secret}`;
        const forward = (plugin: string) =>
          get(`leaky/forward/${plugin}/whoami`).set(header, value);
        await forward('probe').expect(200);
        await forward('other').expect(403);
      },
    );
  });

  it('websockets open only where the key is for them', async () => {
    const { port } = new URL(portal.url);
    const session = await portal.signIn('ada');
    const connect = (token: string) =>
      new Promise<number>((resolve, reject) => {
        const socket = new WebSocket(`ws://localhost:${port}/api/signals`, [
          token,
        ]);
        socket.on('open', () => {
          socket.close();
          resolve(101);
        });
        socket.on('unexpected-response', (_, res) => resolve(res.statusCode!));
        socket.on('error', reject);
      });
    // Backstage starts to listen for upgrades on the first one, which it loses.
    await get('signals/health', session)
      .set('Connection', 'Upgrade')
      .set('Upgrade', 'websocket')
      .timeout(500)
      .catch(() => undefined);
    const open = await secretFor({ plugin: 'signals' });
    expect(await connect(open)).toBe(101);
    const closed = await secretFor(FOR_LEAKY);
    expect(await connect(closed)).toBe(403);
  });

  describe('the restrictions of a key', () => {
    it('survive a rotation, by the owner and by the key itself', async () => {
      const { key, secret } = await portal.createKey('ada', {
        accessRestrictions: [FOR_LEAKY],
      });
      const session = await portal.signIn('ada');
      const { body: byOwner } = await post(
        `api-keys/v1/keys/${key.id}/rotate`,
        session,
      ).expect(201);
      const { body: byItself } = await post(
        'api-keys/v1/self/rotate',
        byOwner.secret,
        { accessRestrictions: null },
      );
      const secrets = [secret, byOwner.secret, byItself.secret].filter(Boolean);
      for (const each of secrets) {
        const { status } = await get('other/whoami', each);
        expect([401, 403]).toContain(status);
      }
    });

    it('cannot be edited', async () => {
      const { key, secret } = await portal.createKey('ada', {
        accessRestrictions: [FOR_LEAKY],
      });
      const session = await portal.signIn('ada');
      for (const change of [
        { accessRestrictions: null },
        { allowedIps: null },
      ]) {
        await portal
          .call('patch', `/api/api-keys/v1/keys/${key.id}`, session)
          .send(change)
          .expect(400);
      }
      await get('other/whoami', secret).expect(403);
    });

    it('survive a transfer to a group', async () => {
      const { key, secret } = await portal.createKey('ada', {
        accessRestrictions: [FOR_LEAKY],
      });
      await get('leaky/kept', secret).expect(200);
      await post('api-keys/v1/admin/transfer', await portal.signIn('grace'), {
        ids: [key.id],
        owner: 'group:default/team-a',
      }).expect(200);
      const { body } = await get('leaky/leak/probe', secret).expect(403);
      expect(body.error.message).toContain(`for the plugin 'probe'`);
      await get('other/whoami', secret).expect(403);
    });

    it('apply to a key of a group', async () => {
      const { secret } = await portal.createKey('ada', {
        owner: 'group:default/team-a',
        accessRestrictions: [FOR_LEAKY],
      });
      await get('leaky/kept', secret).expect(200);
      await get('other/whoami', secret).expect(403);
      await post('leaky/as/other/whoami', secret).expect(403);
    });
  });
});

describe('attempts to bypass the addresses and the limits of a key', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: {
        limits: {
          requests: { max: 4, per: '1 hour' },
          failuresPerIp: { max: 2 },
        },
      },
      port: await freePort(),
      features: [leakyPlugin('leaky')],
    });
  });

  afterAll(() => portal.stop());

  const SPOOFED = [
    ['X-Forwarded-For', '192.0.2.7'],
    ['X-Forwarded-For', '::ffff:192.0.2.7, 192.0.2.7'],
    ['Forwarded', 'for=192.0.2.7'],
    ['X-Real-IP', '192.0.2.7'],
    ['X-Client-IP', '192.0.2.7'],
    ['CF-Connecting-IP', '192.0.2.7'],
  ];

  it.each(SPOOFED)(
    'clients cannot choose their address without a trusted proxy: %s: %s',
    async (name, value) => {
      const { secret } = await portal.createKey('ada', {
        allowedIps: ['192.0.2.0/24'],
      });
      const { body } = await portal
        .call('get', '/api/leaky/kept', secret)
        .set(name, value)
        .expect(403);
      expect(body.error.message).toMatch(/not be used from (::ffff:)?127\.0/);
    },
  );

  it('a leaked token is accepted from the addresses of its key', async () => {
    const bodies = await Promise.all(
      [['127.0.0.0/8'], undefined].map(async allowedIps => {
        const { secret } = await portal.createKey('ada', { allowedIps });
        const leak = await portal
          .call('get', '/api/leaky/leak/probe', secret)
          .expect(200);
        return leak.body;
      }),
    );
    for (const { full, limited } of bodies) {
      await portal.call('get', '/api/probe/whoami', full).expect(200);
      await portal
        .call('get', '/api/probe/cookie-route')
        .set('Cookie', `backstage-auth=${limited}`)
        .expect(200);
    }
    const withoutAddress = async ({ full }: { full: string }) =>
      (await portal.call('post', '/api/probe/direct').send({ token: full }))
        .status;
    expect(await Promise.all(bodies.map(withoutAddress))).toEqual([403, 200]);
  });

  it('the rate limit of a key counts requests over all headers and addresses', async () => {
    const { secret } = await portal.createKey('ada');
    const basic = `Basic ${btoa(`:${secret}`)}`;
    const places: [string, string][] = [
      ['Authorization', `Bearer ${secret}`],
      ['Authorization', `bearer ${secret}`],
      ['X-API-Key', secret],
      ['Authorization', basic],
    ];
    const ask = ([name, value]: [string, string], from: string) =>
      portal
        .call('get', '/api/probe/whoami')
        .set(name, value)
        .set('X-Forwarded-For', from);
    for (const [index, place] of places.entries()) {
      await ask(place, `192.0.2.${index}`).expect(200);
    }
    for (const place of places) await ask(place, '198.51.100.1').expect(429);
  });

  it('the limit on failures counts over all headers that claim another address', async () => {
    const wrong = `bsk_${'x'.repeat(49)}`;
    const statuses = [];
    for (const [name, value] of SPOOFED) {
      const { status } = await portal
        .call('get', '/api/probe/whoami', wrong)
        .set(name, value);
      statuses.push(status);
    }
    expect(statuses).toEqual([401, 401, 429, 429, 429, 429]);
  });
});
