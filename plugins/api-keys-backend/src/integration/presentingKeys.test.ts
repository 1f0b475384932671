import http from 'node:http';
import { mockServices } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { eventually } from '../__testUtils__/eventually';
import { Inspected, inspectingPlugin } from '../__testUtils__/inspectingPlugin';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const PATH = '/api/probe/whoami';
const ADA = 'user:default/ada';
const basic = (user: string, password: string) => ({
  Authorization: `Basic ${btoa(`${user}:${password}`)}`,
});
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });

type Presented = {
  headers?: Record<string, string | string[]>;
  query?: string;
};

/** Sends headers unchanged, including several with one name. */
async function send(portal: TestPortal, { headers, query }: Presented) {
  const url = `${portal.url}${PATH}${query ?? ''}`;
  return new Promise<{
    status: number;
    headers: http.IncomingHttpHeaders;
    body: any;
  }>((resolve, reject) => {
    const request = http.get(url, { headers: headers ?? {} }, async res => {
      const chunks = await res.toArray();
      resolve({
        status: res.statusCode!,
        headers: res.headers,
        body: JSON.parse(Buffer.concat(chunks).toString()),
      });
    });
    request.on('error', reject);
  });
}

describe('a key', () => {
  let portal: TestPortal;
  let secret: string;

  beforeAll(async () => {
    portal = await startTestPortal({});
    ({ secret } = await portal.createKey('ada'));
  });

  afterAll(() => portal.stop());

  it.each<[string, () => Presented]>([
    ['a bearer token', () => ({ headers: bearer(secret) })],
    ['the header X-API-Key', () => ({ headers: { 'X-API-Key': secret } })],
    ['the password of anybody', () => ({ headers: basic('ada', secret) })],
    ['a password without a user name', () => ({ headers: basic('', secret) })],
    ['a user name', () => ({ headers: basic(secret, '') })],
    [
      'a user name with any password',
      () => ({ headers: basic(secret, 'x-oauth-basic') }),
    ],
    ['both halves', () => ({ headers: basic(secret, secret) })],
    [
      'a bearer token, beside a header that is no key',
      () => ({ headers: { ...bearer(secret), 'X-API-Key': 'of something' } }),
    ],
  ])('is accepted as %s', async (_, presented) => {
    const { status, body } = await send(portal, presented());
    expect(status).toBe(200);
    expect(body.principal.userEntityRef).toBe(ADA);
  });

  it('does not affect a session in the browser if the header holds no key', async () => {
    const token = await portal.signIn('linus');
    const headers = { ...bearer(token), 'X-API-Key': 'of something else' };
    const { body } = await send(portal, { headers });
    expect(body.principal.userEntityRef).toBe('user:default/linus');
  });

  it.each<[string, () => Presented | Promise<Presented>]>([
    [
      'two headers',
      () => ({ headers: { ...bearer(secret), 'X-API-Key': secret } }),
    ],
    [
      'the same header twice',
      () => ({ headers: { 'X-API-Key': [secret, secret] } }),
    ],
    [
      'two Authorization headers',
      () => ({
        headers: {
          Authorization: [`Bearer ${secret}`, basic('', secret).Authorization],
        },
      }),
    ],
    [
      'a header and the URL',
      () => ({ headers: bearer(secret), query: `?api_key=${secret}` }),
    ],
    [
      'a key and a log-in in the browser',
      async () => ({
        headers: {
          ...bearer(await portal.signIn('ada')),
          'X-API-Key': secret,
        },
      }),
    ],
    [
      'two different keys as user name and password',
      async () => {
        const other = await portal.createKey('ada');
        return { headers: basic(other.secret, secret) };
      },
    ],
  ])('is rejected with a 400 in %s', async (_, presented) => {
    const { status, body, headers } = await send(portal, await presented());
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^A request may carry one credential/);
    expect(headers['www-authenticate']).toMatch(/error="invalid_request"/);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('is not accepted in the URL, and is not echoed', async () => {
    const query = `?a=1&api_key=${secret}&b=2`;
    const { status, body } = await send(portal, { query });
    expect(status).toBe(401);
    expect(body.error.message).toBe(
      'API keys are not accepted in the URL: send Authorization: Bearer <API key>',
    );
    expect(body.request.url).toBe('/whoami?a=1&b=2');
  });

  describe('gets a message that says how to send it', () => {
    const NO_SCHEME = 'Authorization has no scheme before the API key';
    const ALONE =
      'Authorization: Bearer takes the API key alone, without quotes, colons or other text';
    const BASE64 =
      'Authorization: Basic takes the base64 of a user name, a colon and the API key as password';
    const SCHEME = 'The scheme of Authorization is not for API keys';
    const HEADER = 'The header x-api-key takes the API key alone';
    const elsewhere = (place: string) =>
      `API keys are not accepted in ${place}`;

    const FORMS: [string, string, string][] = [
      ['Authorization', 'KEY', NO_SCHEME],
      ['Authorization', ' "KEY" ', NO_SCHEME],
      ['Authorization', 'Bearer "KEY"', ALONE],
      ['Authorization', "Bearer 'KEY'", ALONE],
      ['Authorization', 'Bearer <KEY>', ALONE],
      ['Authorization', 'Bearer Bearer KEY', ALONE],
      ['Authorization', 'Bearer: KEY', ALONE],
      ['Authorization', 'Bearer:KEY', ALONE],
      ['Authorization', 'Bearer=KEY', ALONE],
      ['Authorization', 'Bearer token=KEY', ALONE],
      ['Authorization', 'bearer	KEY', ALONE],
      ['Authorization', 'Basic KEY', BASE64],
      ['Authorization', 'Basic ada:KEY', BASE64],
      ['Authorization', 'Token KEY', SCHEME],
      ['Authorization', 'ApiKey KEY', SCHEME],
      ['Authorization', 'token="KEY"', SCHEME],
      ['X-API-Key', 'Bearer KEY', HEADER],
      ['X-API-Key', '"KEY"', HEADER],
      ['Api-Key', 'KEY', elsewhere('the header api-key')],
      ['Private-Token', 'KEY', elsewhere('the header private-token')],
      ['Proxy-Authorization', 'Bearer KEY', elsewhere('the header proxy-auth')],
      ['Cookie', 'token=KEY', elsewhere('cookies')],
    ];
    const SESSION_COOKIE = [
      'Cookie',
      'backstage-auth=KEY',
      elsewhere('cookies'),
    ] satisfies (typeof FORMS)[number];

    it.each([...FORMS, SESSION_COOKIE])(
      'in %s: %s',
      async (name, value, sentence) => {
        // The response does not reveal if the key exists.
        for (const key of [secret, generateSecret('bsk')]) {
          const answer = await send(portal, {
            headers: { [name]: value.replace('KEY', key) },
          });
          expect(answer.status).toBe(401);
          expect(answer.body.error.message).toContain(sentence);
          expect(answer.body.error.message).toMatch(
            / send Authorization: Bearer <API key>$/,
          );
          const challenge = answer.headers['www-authenticate'];
          expect(challenge).toMatch(
            /^Bearer realm="backstage", error="invalid_token", error_desc/,
          );
          expect(challenge).toContain(sentence);
          expect(JSON.stringify(answer)).not.toContain(key);
        }
      },
    );

    it.each(FORMS)(
      'but not for a text that is no key, in %s: %s',
      async (name, value) => {
        const text = `${secret.slice(0, -1)}${
          secret.endsWith('x') ? 'y' : 'x'
        }`;
        const headers = { [name]: value.replace('KEY', text) };
        const { status, body } = await send(portal, { headers });
        expect(status).toBe(401);
        expect(body.error.message).not.toContain(' send Authorization');
      },
    );

    it.each(FORMS.filter(([name]) => name !== 'Authorization'))(
      'but not next to a session, in %s: %s',
      async (name, value) => {
        const headers = {
          ...bearer(await portal.signIn('linus')),
          [name]: value.replace('KEY', secret),
        };
        const { status } = await send(portal, { headers });
        expect(status).toBe(200);
      },
    );
  });

  it('is reported as mistyped in any header', async () => {
    const headers = { 'X-API-Key': `${secret}x` };
    const { status, headers: answered } = await send(portal, { headers });
    expect(status).toBe(401);
    expect(answered['www-authenticate']).toMatch(/invalid_token/);
  });
});

describe('a portal that announces where it accepts keys', () => {
  let portal: TestPortal;
  let secret: string;
  const log: string[] = [];

  beforeAll(async () => {
    const logger = mockServices.rootLogger.mock({ child: () => logger });
    for (const level of ['info', 'warn', 'error', 'debug'] as const) {
      logger[level].mockImplementation((...line) => {
        log.push(JSON.stringify(line));
      });
    }
    portal = await startTestPortal({
      apiKeys: {
        accept: { bearer: false, header: 'X-Acme', basic: false, query: true },
      },
      logger: logger.factory,
      features: [inspectingPlugin('inspecting').feature],
      port: await freePort(),
    });
    ({ secret } = await portal.createKey('ada'));
  });

  afterAll(() => portal.stop());

  it.each<[string, () => Presented]>([
    ['its own header', () => ({ headers: { 'X-Acme': secret } })],
    ['the URL', () => ({ query: `?api_key=${secret}` })],
  ])('accepts them in %s', async (_, presented) => {
    expect((await send(portal, presented())).status).toBe(200);
  });

  it.each<[string, () => Presented]>([
    ['Authorization: Bearer', () => ({ headers: bearer(secret) })],
    ['Authorization: Basic', () => ({ headers: basic('', secret) })],
  ])('names the right header for a key in %s', async (place, presented) => {
    const { status, body } = await send(portal, presented());
    expect(status).toBe(401);
    expect(body.error.message).toBe(
      `API keys are not accepted in ${place}: send x-acme: <API key>`,
    );
  });

  it('accepts them in no other header, and announces that', async () => {
    const headers = { 'X-API-Key': secret };
    const { status, body } = await send(portal, { headers });
    expect(status).toBe(401);
    expect(body.error.message).toBe(
      'API keys are not accepted in the header x-api-key: send x-acme: <API key>',
    );
  });

  it.each<[string, () => Presented]>([
    ['no key', () => ({ headers: { 'X-Acme': 'of something' } })],
    ['no form of a key', () => ({ headers: { 'X-API-Key': 'bsk_garbled' } })],
  ])('does not announce it for what is %s', async (_, presented) => {
    const { status, body } = await send(portal, presented());
    expect(status).toBe(401);
    expect(body.error.message).toBe('Missing credentials');
  });

  describe('behind a proxy that uses Authorization itself', () => {
    const LINUS = 'user:default/linus';
    /** Returns what a plugin sees on a route without authentication. */
    const seen = async (sent: Record<string, string>) => {
      const url = `${portal.url}/api/inspecting/open/`;
      const answer = await fetch(url, { headers: sent });
      const { headers }: Inspected = await answer.json();
      return headers;
    };

    it.each<[string, () => Promise<string>]>([
      ['a token of another system', async () => 'Bearer ey.of.something'],
      ['a user name and password', async () => basic('a', 'b').Authorization],
      ['another scheme', async () => 'Negotiate YII'],
      ['two tokens', async () => 'Bearer one two'],
      [
        'a log-in of somebody else',
        async () => `Bearer ${await portal.signIn('linus')}`,
      ],
    ])('reads the key in its header, and not %s', async (_, authorization) => {
      const headers = {
        Authorization: await authorization(),
        'X-Acme': secret,
      };
      const { status, body } = await send(portal, { headers });
      expect(status).toBe(200);
      expect(body.principal.userEntityRef).toBe(ADA);
    });

    it('forwards the credentials of the proxy to no plugin, with a good key and with a bad one', async () => {
      const Authorization = `Bearer ${await portal.signIn('linus')}`;
      const good = await seen({ Authorization, 'X-Acme': secret });
      expect(good.authorization).toMatch(/^Bearer /);
      expect(good.authorization).not.toBe(Authorization);
      const dead = generateSecret('bsk');
      const refused = await seen({ Authorization, 'X-Acme': dead });
      expect(refused.authorization).toBeUndefined();
      const { status, body } = await send(portal, {
        headers: { Authorization, 'X-Acme': dead },
      });
      expect(status).toBe(401);
      expect(JSON.stringify(body)).not.toContain(LINUS);
    });

    it('still accepts a session in the browser without a key', async () => {
      const headers = bearer(await portal.signIn('linus'));
      const { body } = await send(portal, { headers });
      expect(body.principal.userEntityRef).toBe(LINUS);
    });

    it('rejects two keys', async () => {
      const headers = { ...bearer(secret), 'X-Acme': secret };
      expect((await send(portal, { headers })).status).toBe(400);
    });
  });

  it.each([
    ['api_key=A&api_key=B', 400],
    ['api_key[]=A', 200],
    ['api%5Fkey=A', 200],
  ])('treats %s like any other query: %i', async (query, status) => {
    const encoded = query.replace(/[AB]/g, secret);
    const answer = await send(portal, { query: `?${encoded}` });
    expect(answer.status).toBe(status);
  });

  it('logs no secret of a URL', async () => {
    await send(portal, { query: `?api_key=${secret}` });
    await eventually(async () => {
      expect(log.some(line => line.includes(PATH))).toBe(true);
    });
    expect(log.filter(line => line.includes(secret))).toEqual([]);
  });
});
