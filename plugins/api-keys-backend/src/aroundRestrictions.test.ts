import http from 'node:http';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { decodeJwt } from 'jose';
import { WebSocket } from 'ws';
import { leakyPlugin } from './__testUtils__/leakyPlugin';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from './__testUtils__/startTestPortal';

const { ALLOW, DENY } = AuthorizeResult;
const FOR_LEAKY: ApiKeyAccessRestriction = { plugin: 'leaky' };
/** The order of the curve P-256. */
const ORDER =
  0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Other spellings of a JWT that a verifier takes for the same: (r, n - s), and bits to spare in the last character. */
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

describe('around the restrictions of a key', () => {
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

  /** A request as it is, with a path that no client library would send. */
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

    it('is worth no more than the key as a bearer, however it is spelt', async () => {
      await get('probe/whoami', leaked.full).expect(200);
      for (const token of spellingsOf(leaked.full)) {
        const { status } = await get('other/whoami', token);
        expect([401, 403]).toContain(status);
      }
    });

    it('is worth no more than the key in a cookie, however it is spelt', async () => {
      await withCookie('probe/cookie-route', leaked.limited).expect(200);
      for (const token of spellingsOf(leaked.limited)) {
        const { status } = await withCookie('other/cookie-route', token);
        expect([401, 403]).toContain(status);
      }
    });

    it('is no bearer in its limited form', async () => {
      for (const plugin of ['probe', 'other']) {
        const { status } = await get(`${plugin}/whoami`, leaked.limited);
        expect([401, 403]).toContain(status);
      }
    });

    it.each(['full', 'limited'] as const)(
      'is not let in without the HTTP layer (%s)',
      async form => {
        await portal
          .call('post', '/api/other/direct')
          .send({ token: leaked[form] })
          .expect(403);
      },
    );

    it('tells whose it is at the auth plugin, and nothing more', async () => {
      const { body } = await get('auth/v1/userinfo', leaked.full).expect(200);
      expect(body.claims.sub).toBe('user:default/ada');
      await get('other/.backstage/auth/v1/cookie', leaked.full).expect(403);
      await get('probe/.backstage/auth/v1/cookie', leaked.full).expect(403);
    });

    it('is for the one plugin that it was made for, where it is a call', async () => {
      const asLeaky = await get('probe/whoami', leaked.call).expect(200);
      expect(asLeaky.body.principal.actor.subject).toBe('plugin:leaky');
      await get('other/whoami', leaked.call).expect(401);
    });

    it.each([
      ['stripped', (obo: string) => obo.split('~')[0]],
      ['of another key', (obo: string) => `${obo.split('~')[0]}~another`],
      ['doubled', (obo: string) => `${obo}~another`],
      ['empty', (obo: string) => `${obo.split('~')[0]}~`],
    ])('does not forget the key: the id of it is %s', async (_, change) => {
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

    it('is no user token with an id that somebody adds', async () => {
      const session = await portal.signIn('ada');
      await get('probe/whoami', `${session}~another`).expect(401);
      await get('probe/whoami', `${leaked.full}~another`).expect(401);
      await withCookie(
        'probe/cookie-route',
        `${leaked.limited}~another`,
      ).expect(401);
    });
  });

  describe('a plugin that works on after it has answered', () => {
    it('is held to what the key is for, and stops when the key ends', async () => {
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

  describe('a question to the permission policy', () => {
    const FOR_A: ApiKeyAccessRestriction = {
      plugin: 'leaky',
      permission: ['leaky.a'],
    };
    const [a, b] = ['a', 'b'].map(name => ({
      type: 'basic',
      name: `leaky.${name}`,
      attributes: {},
    }));

    it('is answered for what the key is for alone', async () => {
      const secret = await secretFor(FOR_A);
      const { body } = await post('leaky/ask', secret, {
        permissions: [b, a, b],
        by: 'credentials',
      }).expect(200);
      expect(body).toEqual([DENY, ALLOW, DENY]);
    });

    it('opens nothing by a token, which does not tell for which request it asks', async () => {
      const secret = await secretFor(FOR_A);
      const permissions = [a];
      await post('leaky/ask', secret, { permissions, by: 'token' }).expect(403);
    });

    it('may be asked twice', async () => {
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
    ])('is not taken for another one: %j', async permission => {
      const secret = await secretFor(FOR_A);
      const { body } = await post('leaky/ask', secret, {
        permissions: [permission],
      }).expect(403);
      expect(body.error.message).toContain('which this route asks for');
    });

    it.each([{}, { action: 'write' }, { action: ['read'] }, { action: null }])(
      'needs an action that the key is for: %j',
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

    it('is not answered to a key that asks the permission backend itself', async () => {
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

  describe("the routes that Backstage adds to a plugin's own", () => {
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
      'let no key at the schedule that is for some permissions: %s %s',
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

    it('let it at no schedule through another plugin either', async () => {
      const secret = await secretFor(FOR_LEAKY, {
        plugin: 'api-keys',
        permission: ['api-keys.key.read'],
      });
      const path = '.backstage/scheduler/v1/tasks/any/trigger';
      await post(`leaky/as/api-keys/${path}`, secret).expect(403);
    });

    it('let a key at the schedule of a plugin that it is wholly for', async () => {
      const secret = await secretFor({ plugin: 'api-keys' });
      await get('api-keys/.backstage/scheduler/v1/tasks', secret).expect(200);
    });
  });

  describe('the routes by which a key is about itself', () => {
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
    ])('are no way to others: %s %s', async (method, path) => {
      const secret = await secretFor(FOR_LEAKY);
      const headers = { Authorization: `Bearer ${secret}` };
      const status = await send(path, { method, headers });
      expect([400, 403, 404, 405]).toContain(status);
    });

    it.each(['X-HTTP-Method-Override', 'X-Original-URL', 'X-Rewrite-URL'])(
      'are no way to others by the header %s',
      async name => {
        const secret = await secretFor(FOR_LEAKY);
        for (const value of ['DELETE', '/api/api-keys/v1/self']) {
          await get('api-keys/v1/policy', secret).set(name, value).expect(403);
          await get('api-keys/v1/self', secret).set(name, value).expect(200);
        }
      },
    );
  });

  describe('a key beside another one', () => {
    it.each(['X-API-Key', 'x-api-key'])(
      'is refused in %s, whichever of the two is for this',
      async header => {
        const here = await secretFor({ plugin: 'probe' });
        const there = await secretFor({ plugin: 'other' });
        await get('probe/whoami', here).set(header, there).expect(400);
        await get('probe/whoami', there).set(header, here).expect(400);
      },
    );

    it('counts for nothing beside a cookie of somebody with more rights', async () => {
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

  describe('a plugin that passes headers on', () => {
    it.each(['Authorization', 'X-API-Key'])(
      'passes the restrictions on with %s',
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

  it('websockets are where a key is for them', async () => {
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
    // Backstage begins to listen for upgrades with the first one, which it loses.
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

  describe('what becomes of the key', () => {
    it('leaves it as it is: it is rotated, by whomever', async () => {
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

    it('leaves it as it is: nobody edits what it is for', async () => {
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

    it('leaves it as it is: it is given to a group', async () => {
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

    it('leaves it as it is: it is of a group', async () => {
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

describe('around the addresses and the limits of a key', () => {
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
    'nobody says where they are without a proxy that is trusted: %s: %s',
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

  it('a token that leaked is accepted from where its key is', async () => {
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

  it('more requests are had neither by other places for the key nor by other addresses', async () => {
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

  it('more failures are had by no header that says another address', async () => {
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
