import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { OpenedSocket, openSocket } from '../__testUtils__/openSocket';
import { socketPlugin } from '../__testUtils__/socketPlugin';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

jest.setTimeout(20_000);

const EXTERNAL = 'a-token-of-a-service';

describe('routes for websockets', () => {
  let knex: Knex;
  let portal: TestPortal;
  let sockets: ReturnType<typeof socketPlugin>;
  const opened: OpenedSocket[] = [];

  const start = async () => {
    sockets = socketPlugin('sockets');
    portal = await startTestPortal({
      knex,
      port: await freePort(),
      backend: {
        trustProxy: 'loopback',
        auth: {
          externalAccess: [
            { type: 'static', options: { token: EXTERNAL, subject: 'ci' } },
          ],
        },
      },
      apiKeys: { limits: { requests: { max: 5, per: '1 hour' } } },
      features: [sockets.feature],
    });
  };

  beforeAll(async () => {
    knex = await databases.init('SQLITE_3');
    await start();
  });

  afterEach(() => {
    for (const socket of opened.splice(0)) socket.close();
  });

  afterAll(() => portal.stop());

  const open = async (
    options: Parameters<typeof openSocket>[1],
    path = '/api/sockets/socket',
  ) => {
    const socket = await openSocket(`${portal.url}${path}`, options);
    opened.push(socket);
    return socket;
  };
  const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
  const openWith = (token: string, path?: string) =>
    open({ headers: bearer(token) }, path);
  const read = async (id: string) => {
    const session = await portal.signIn('ada');
    const path = `/api/api-keys/v1/keys/${id}`;
    return (await portal.call('get', path, session).expect(200)).body;
  };
  const basic = (secret: string) =>
    `Basic ${Buffer.from(`ada:${secret}`).toString('base64')}`;

  it.each([
    ['a bearer token', (it: string) => ({ headers: bearer(it) })],
    ['X-API-Key', (it: string) => ({ headers: { 'X-API-Key': it } })],
    ['Basic', (it: string) => ({ headers: { Authorization: basic(it) } })],
    ['a subprotocol', (it: string) => ({ protocols: [it] })],
    ['one subprotocol of several', (it: string) => ({ protocols: ['v1', it] })],
  ])(
    'open for a key in %s, which the plugin does not see',
    async (_, with_) => {
      const { key, secret } = await portal.createKey('ada');
      const { status, protocol } = await open(with_(secret));
      expect(status).toBe(101);
      const { protocols = [''] } = with_(secret) as { protocols?: string[] };
      expect(protocols).toContain(protocol);
      const { credentials, ...request } = sockets.handled.at(-1)!;
      expect(credentials.principal).toMatchObject({
        type: 'user',
        userEntityRef: 'user:default/ada',
      });
      expect(String(credentials)).toContain(`apiKey=${key.id}`);
      expect(JSON.stringify(request)).not.toContain(secret);
      expect(JSON.stringify(request)).not.toContain(basic(secret).slice(6));
    },
  );

  it('hide the key also in the first request after a start', async () => {
    const { key, secret } = await portal.createKey('ada');
    await portal.stop();
    await start();
    const { status, protocol } = await open({
      protocols: [secret],
      headers: { 'User-Agent': 'first/1.0' },
    });
    expect({ status, protocol }).toEqual({ status: 101, protocol: secret });
    expect(JSON.stringify(sockets.handled)).not.toContain(secret);
    await eventually(async () => {
      expect(await read(key.id)).toMatchObject({
        lastUsedUserAgent: 'first/1.0',
      });
    });
  });

  it('record one use, with plugin, address and user agent, and count it once', async () => {
    const { key, secret } = await portal.createKey('ada');
    await open({
      headers: {
        ...bearer(secret),
        'User-Agent': 'listener/1.0',
        'X-Forwarded-For': '192.0.2.7',
      },
    });
    await eventually(async () => {
      expect(await read(key.id)).toMatchObject({
        lastUsedIp: '192.0.2.7',
        lastUsedUserAgent: 'listener/1.0',
      });
    });
    const usage = await portal
      .call(
        'get',
        `/api/api-keys/v1/keys/${key.id}/usage`,
        await portal.signIn('ada'),
      )
      .expect(200);
    expect(usage.body.items).toEqual([
      { day: expect.any(String), plugin: 'sockets', uses: 1 },
    ]);
    const { headers } = await portal
      .call('get', '/api/probe/whoami', secret)
      .expect(200);
    expect(headers['ratelimit-remaining']).toBe('3');
  });

  it('enforce the plugins of a key', async () => {
    const { key, secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe' }],
    });
    const { status, headers, body } = await openWith(secret);
    expect(status).toBe(403);
    expect(headers['www-authenticate']).toContain('insufficient_scope');
    expect(JSON.parse(body)).toMatchObject({
      error: {
        name: 'NotAllowedError',
        message: expect.stringContaining("the plugin 'sockets'"),
      },
    });
    await eventually(async () => {
      const { body: trail } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}/events`,
        await portal.signIn('ada'),
      );
      expect(trail.items.map(({ type }: any) => type)).toContain('refused');
    });
  });

  it('deny a key for some permissions of the plugin, and its user token', async () => {
    const limited = await portal.createKey('ada', {
      accessRestrictions: [
        { plugin: 'probe' },
        { plugin: 'sockets', permission: ['sockets.own'] },
      ],
    });
    const { status, body } = await openWith(limited.secret);
    expect(status).toBe(403);
    expect(body).toContain('only in requests over HTTP');
    const { body: token } = await portal
      .call('get', '/api/probe/obo-token/sockets', limited.secret)
      .expect(200);
    expect((await openWith(token.token)).status).toBe(403);
  });

  it.each([
    ['192.0.2.7', 101],
    ['198.51.100.1', 403],
  ])('check the networks of a key: %s gets %i', async (ip, expected) => {
    const { secret } = await portal.createKey('ada', {
      allowedIps: ['192.0.2.0/24'],
    });
    const { status } = await open({
      headers: { ...bearer(secret), 'X-Forwarded-For': ip },
    });
    expect(status).toBe(expected);
  });

  it('enforce the rate limit of a key', async () => {
    const { secret } = await portal.createKey('ada');
    for (const _ of '12345') {
      expect((await openWith(secret)).status).toBe(101);
    }
    const { status, headers } = await openWith(secret);
    expect(status).toBe(429);
    expect(headers['ratelimit-remaining']).toBe('0');
    expect(Number(headers['retry-after'])).toBeGreaterThan(3500);
  });

  it('deny a revoked key and an unknown one', async () => {
    const { key, secret } = await portal.createKey('ada');
    const path = `/api/api-keys/v1/keys/${key.id}`;
    await portal.call('delete', path, await portal.signIn('ada')).expect(204);
    for (const dead of [secret, generateSecret('bsk')]) {
      const { status, headers, body } = await openWith(dead);
      expect(status).toBe(401);
      expect(headers).toMatchObject({
        'www-authenticate': expect.stringContaining('invalid_token'),
        'cache-control': 'no-store',
      });
      expect(body).not.toContain(dead);
    }
  });

  it('respond with 503 to a key that cannot be verified at the moment', async () => {
    const { secret } = await portal.createKey('ada');
    const away = async () => {
      throw new Error('The catalog is away');
    };
    const lookups = [
      jest.spyOn(portal.catalog, 'getEntityByRef').mockImplementation(away),
      jest.spyOn(portal.catalog, 'getEntitiesByRefs').mockImplementation(away),
    ];
    const { status, headers } = await openWith(secret);
    for (const lookup of lookups) lookup.mockRestore();
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
  });

  it('are unchanged for sessions, services and requests without credentials', async () => {
    const session = await portal.signIn('ada');
    const { status, protocol } = await open({ protocols: [session] });
    expect({ status, protocol }).toEqual({ status: 101, protocol: session });
    expect((await openWith(EXTERNAL)).status).toBe(101);
    expect(sockets.handled.at(-1)!.credentials.principal).toMatchObject({
      type: 'service',
    });
    expect((await open({})).status).toBe(401);
    expect((await open({ protocols: ['v1'] })).status).toBe(401);
    expect((await openWith(session, '/api/sockets/none')).status).toBe(404);
  });

  it('with open access receive neither an accepted nor a denied key', async () => {
    const { secret } = await portal.createKey('ada');
    const everybody = '/api/sockets/open';
    expect((await open({}, everybody)).status).toBe(101);
    expect((await openWith(secret, everybody)).status).toBe(101);
    expect(JSON.stringify(sockets.handled.at(-1))).not.toContain(secret);
    const unknown = generateSecret('bsk');
    expect((await openWith(unknown, everybody)).status).toBe(401);
  });

  it('stay open when the key is revoked, and allow nothing more', async () => {
    const { key, secret } = await portal.createKey('ada');
    const socket = await openWith(secret);
    expect(await socket.ask('probe')).toBe('200');
    expect(await socket.ask('self')).toBe('200');
    const path = `/api/api-keys/v1/keys/${key.id}`;
    await portal.call('delete', path, await portal.signIn('ada')).expect(204);
    expect(await socket.ask('probe')).toBe('AuthenticationError');
    expect(await socket.ask('self')).toBe('AuthenticationError');
  });
});
