import http from 'node:http';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { decodeJwt } from 'jose';
import { eventually } from '../__testUtils__/eventually';
import { Inspected, inspectingPlugin } from '../__testUtils__/inspectingPlugin';
import { recordLogs } from '../__testUtils__/recordLogs';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

type Headers = Record<string, string | string[]>;
type Answer = { status: number; headers: http.IncomingHttpHeaders; body: any };

/** Sends a request that no client library would send, unchanged. */
function send(url: string, headers: Headers): Promise<Answer> {
  return new Promise((resolve, reject) => {
    http
      .get(url, { headers }, async res => {
        const text = Buffer.concat(await res.toArray()).toString();
        const isJson = res.headers['content-type']?.includes('json');
        const body = isJson ? JSON.parse(text) : text;
        resolve({ status: res.statusCode!, headers: res.headers, body });
      })
      .on('error', reject);
  });
}

const basic = (user: string, password: string) =>
  `Basic ${btoa(`${user}:${password}`)}`;

describe('a request as a plugin sees it', () => {
  let portal: TestPortal;
  let secret: string;
  const { feature, upgrades } = inspectingPlugin('inspecting');
  const { logger, lines: log } = recordLogs();

  beforeAll(async () => {
    portal = await startTestPortal({
      port: await freePort(),
      logger,
      apiKeys: { accept: { query: true } },
      features: [feature],
    });
    ({ secret } = await portal.createKey('ada'));
  });

  afterAll(() => portal.stop());

  const get = (path: string, headers: Headers = {}) =>
    send(`${portal.url}/api/inspecting/${path}`, headers);

  const expectUserToken = ({ headers, headersDistinct }: Inspected) => {
    const [, token = ''] = headers.authorization?.split(' ') ?? [];
    expect(decodeJwt(token)).toMatchObject({ sub: 'user:default/ada' });
    expect(headersDistinct.authorization).toEqual([`Bearer ${token}`]);
  };

  const PLACES: [string, () => { path?: string; headers?: Headers }][] = [
    [
      'a bearer token',
      () => ({ headers: { Authorization: `Bearer ${secret}` } }),
    ],
    ['a header', () => ({ headers: { 'X-API-Key': secret } })],
    ['a password', () => ({ headers: { Authorization: basic('x', secret) } })],
    ['a user name', () => ({ headers: { Authorization: basic(secret, '') } })],
    ['the query', () => ({ path: `?a=1&api_key=${secret}&b=2` })],
  ];

  describe.each(['closed', 'open', 'asks'])('on a route that is %s', route => {
    it.each(PLACES)(
      'has the user token instead of the key, which was %s',
      async (_, presented) => {
        const { path = '', headers } = presented();
        const { status, body } = await get(`${route}${path}`, headers);
        expect(status).toBe(200);
        expect(JSON.stringify(body)).not.toContain(secret);
        expectUserToken(body);
      },
    );

    it('keeps the rest of the query', async () => {
      const { body } = await get(`${route}?a=1&api_key=${secret}&b=2`);
      expect(body.originalUrl).toBe(`/api/inspecting/${route}?a=1&b=2`);
      expect(body.query).toEqual({ a: '1', b: '2' });
    });

    it('has no key in any other header, with or without other credentials', async () => {
      const session = await portal.signIn('ada');
      const { status, body } = await get(route, {
        Authorization: `Bearer ${session}`,
        'User-Agent': `curl ${secret}`,
        Referer: `https://example.com/?token=${secret}`,
        'X-Original-URI': `/reports?api_key=${secret}&a=1`,
        'Proxy-Authorization': basic('ada', secret),
        Cookie: `a=1; key=${secret}; b=2`,
      });
      expect(status).toBe(200);
      expect(JSON.stringify(body)).not.toContain(secret);
      expect(JSON.stringify(body)).not.toContain(btoa(`ada:${secret}`));
      expect(body.headers).toMatchObject({
        authorization: `Bearer ${session}`,
        'user-agent': 'curl bsk_[redacted]',
        'x-original-uri': '/reports?api_key=bsk_[redacted]&a=1',
        cookie: 'a=1; key=bsk_[redacted]; b=2',
      });
    });
  });

  it('has only the user token, next to credentials of another kind that are no key', async () => {
    const { body } = await get('open', {
      'X-API-Key': secret,
      Authorization: basic('ada', 'of something else'),
    });
    expectUserToken(body);
    expect(
      body.rawHeaders.filter((name: string) => /authorization/i.test(name)),
    ).toHaveLength(1);
  });

  it('has nothing of a denied key on an open route', async () => {
    const unknown = generateSecret('bsk');
    const { status, body } = await get('open', {
      Authorization: `Bearer ${unknown}`,
    });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toContain(unknown);
    expect(body.headers.authorization).toBeUndefined();
  });

  it('has nothing of a mistyped key on an open route', async () => {
    const { body } = await get('open', { 'X-API-Key': `${secret}x` });
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('does not arrive if the plugin requires credentials and the key is denied', async () => {
    for (const route of ['closed', 'asks']) {
      const { status, headers } = await get(route, {
        'X-API-Key': generateSecret('bsk'),
      });
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toContain('invalid_token');
    }
  });

  it.each([
    ['another query parameter', () => `closed?access_token=${secret}`],
    ['the path', () => `closed/${secret}/x`],
    ['the path, encoded', () => `closed/${secret.replace('_', '%5F')}`],
  ])('never has a key in %s', async (_, path) => {
    const { status, body } = await get(path());
    expect(status).toBe(401);
    expect(body.error.message).toBe(
      'API keys are not accepted in the URL: send Authorization: Bearer <API key>',
    );
    expect(JSON.stringify(body)).not.toContain(secret.slice(4));
    const open = await get(path().replace('closed', 'open'));
    expect(open.status).toBe(200);
    expect(JSON.stringify(open.body)).not.toContain(secret.slice(4));
  });

  it('does not arrive with a key in the URL next to a session, and the error names the parameter', async () => {
    const { status, body } = await get(`closed?q=${secret}`, {
      Authorization: `Bearer ${await portal.signIn('ada')}`,
    });
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^q: contains an API key/);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('leaves no key in the access log either', async () => {
    const paths = [
      `/api/inspecting/open?token=${secret}`,
      `/api/nowhere?access_token=${secret}`,
      `/api/nowhere/${secret}`,
    ];
    for (const path of paths) {
      await send(portal.url + path, { Referer: `https://x/?${secret}` });
    }
    const logged = () => log.filter(line => line.includes('/api/nowhere'));
    await eventually(async () => {
      expect(logged()).toHaveLength(2);
    });
    expect(log.filter(line => line.includes(secret.slice(4)))).toEqual([]);
  });

  describe('for a websocket', () => {
    const upgrade = (headers: Headers) =>
      new Promise<{ status: number; protocol?: string }>((resolve, reject) => {
        const request = http.get(`${portal.url}/api/inspecting/socket`, {
          headers: { Connection: 'Upgrade', Upgrade: 'websocket', ...headers },
        });
        const done = ({
          statusCode,
          headers: answered,
        }: http.IncomingMessage) =>
          resolve({
            status: statusCode!,
            protocol: answered['sec-websocket-protocol'],
          });
        request.on('upgrade', (res, socket) => {
          socket.destroy();
          done(res);
        });
        request.on('response', done);
        request.on('error', reject);
      });

    beforeAll(() => get('open'));

    it('has the user token of a key, and the client gets the subprotocol that it offered', async () => {
      const offered = `${secret}, other`;
      expect(await upgrade({ 'Sec-WebSocket-Protocol': offered })).toEqual({
        status: 101,
        protocol: secret,
      });
      const seen = upgrades.at(-1)!;
      expect(JSON.stringify(seen)).not.toContain(secret);
      const [token, other] =
        seen.headers['sec-websocket-protocol']!.split(', ');
      expect(decodeJwt(token)).toMatchObject({ sub: 'user:default/ada' });
      expect(other).toBe('other');
    });

    it('has the user token in the header Authorization', async () => {
      const Authorization = `Bearer ${secret}`;
      expect(await upgrade({ Authorization })).toMatchObject({ status: 101 });
      const seen = upgrades.at(-1)!;
      expect(JSON.stringify(seen)).not.toContain(secret);
      expectUserToken(seen);
    });

    it('has nothing of a denied key: the upgrade is rejected', async () => {
      const before = upgrades.length;
      const unknown = generateSecret('bsk');
      expect(
        await upgrade({ 'Sec-WebSocket-Protocol': unknown }),
      ).toMatchObject({ status: 401 });
      expect(upgrades).toHaveLength(before);
    });

    it('is unchanged for a session and without credentials', async () => {
      const session = await portal.signIn('ada');
      for (const protocol of [session, 'chat']) {
        expect(await upgrade({ 'Sec-WebSocket-Protocol': protocol })).toEqual({
          status: 101,
          protocol,
        });
        expect(upgrades.at(-1)!.headers['sec-websocket-protocol']).toBe(
          protocol,
        );
      }
    });
  });
});
