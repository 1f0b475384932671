import http from 'node:http';
import { mockServices } from '@backstage/backend-test-utils';
import { eventually } from './__testUtils__/eventually';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from './__testUtils__/startTestPortal';

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

/** Sends headers as they are, also several of one name. */
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

  it('leaves a log-in in the browser alone beside a header that is no key', async () => {
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
  ])('is refused with a 400 in %s', async (_, presented) => {
    const { status, body, headers } = await send(portal, await presented());
    expect(status).toBe(400);
    expect(body.error.message).toMatch(/^A request may carry one credential/);
    expect(headers['www-authenticate']).toMatch(/error="invalid_request"/);
    expect(JSON.stringify(body)).not.toContain(secret);
  });

  it('is not accepted in the URL, and is not repeated', async () => {
    const query = `?a=1&api_key=${secret}&b=2`;
    const { status, body } = await send(portal, { query });
    expect(status).toBe(401);
    expect(body.error.message).toBe('API keys are not accepted in the URL');
    expect(body.request.url).toBe('/whoami?a=1&b=2');
  });

  it('is mistyped in a header as anywhere else', async () => {
    const headers = { 'X-API-Key': `${secret}x` };
    const { status, headers: answered } = await send(portal, { headers });
    expect(status).toBe(401);
    expect(answered['www-authenticate']).toMatch(/invalid_token/);
  });
});

describe('a portal that says where keys are accepted', () => {
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
  ])('says that it does not in %s', async (place, presented) => {
    const { status, body } = await send(portal, presented());
    expect(status).toBe(401);
    expect(body.error.message).toBe(`API keys are not accepted in ${place}`);
  });

  it('does not look into other headers', async () => {
    const headers = { 'X-API-Key': secret };
    const { status, body } = await send(portal, { headers });
    expect(status).toBe(401);
    expect(body.error.message).toBe('Missing credentials');
  });

  it.each([
    ['api_key=A&api_key=B', 400],
    ['api_key[]=A', 200],
    ['api%5Fkey=A', 200],
  ])('takes %s as any other query: %i', async (query, status) => {
    const encoded = query.replace(/[AB]/g, secret);
    const answer = await send(portal, { query: `?${encoded}` });
    expect(answer.status).toBe(status);
  });

  it('writes no secret of a URL to the log', async () => {
    await send(portal, { query: `?api_key=${secret}` });
    await eventually(async () => {
      expect(log.some(line => line.includes(PATH))).toBe(true);
    });
    expect(log.filter(line => line.includes(secret))).toEqual([]);
  });
});
