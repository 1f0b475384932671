import { createServer } from 'node:http';
import express, { Express } from 'express';
import request from 'supertest';
import { generateSecret } from '../secret/format';
import { ACTIVE, json, startPortal } from './__testUtils__/startPortal';
import {
  apiKeyOf,
  createApiKeyVerifier,
  requireApiKey,
  VerificationUnavailableError,
} from './index';

const SECRET = generateSecret('bsk');
const OTHER = generateSecret('bsk');
const bearer = (token: string) => ({ Authorization: `Bearer ${token}` });
const basic = (user: string, password: string) => ({
  Authorization: `Basic ${btoa(`${user}:${password}`)}`,
});

describe('a service that requires API keys', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  let app: Express;
  const onUnavailable = jest.fn();

  beforeEach(async () => {
    portal = await startPortal();
    onUnavailable.mockReset();
    const verifier = createApiKeyVerifier({
      introspectionUrl: portal.url,
      credential: 'the-service',
    });
    app = express();
    for (const [path, scopes] of [
      ['/', undefined],
      ['/orders', ['orders:read']],
      ['/all', ['orders:read', 'orders:delete']],
    ] as const) {
      app.get(
        path,
        requireApiKey(verifier, { scopes, onUnavailable }),
        (req, res) => {
          res.json(apiKeyOf(req));
        },
      );
    }
  });

  afterEach(() => portal.stop());

  const get = (headers: Record<string, string>, path = '/') =>
    request(app).get(path).set(headers);

  it.each([
    ['a bearer token', bearer(SECRET)],
    ['a bearer token, in other letters', { authorization: `bEARER ${SECRET}` }],
    ['the header X-API-Key', { 'X-API-Key': ` ${SECRET} ` }],
    ['the password of anybody', basic('ada', SECRET)],
    ['a user name', basic(SECRET, '')],
    ['user name and password', basic(SECRET, SECRET)],
    [
      'X-API-Key, next to a password that is no key',
      { ...basic('ada', 'x'), 'X-API-Key': SECRET },
    ],
    [
      'a bearer token, next to a header that is no key',
      { ...bearer(SECRET), 'X-API-Key': 'of somebody else' },
    ],
  ])('takes a key as %s', async (_, headers) => {
    const { body } = await get(headers).expect(200);
    expect(body).toEqual({
      id: 'key-1',
      owner: 'user:default/ada',
      subject: 'user:default/ada',
      scopes: ['orders:read', 'orders:write'],
      restricted: false,
    });
    expect(portal.asked.map(({ form }) => form.token)).toEqual([SECRET]);
  });

  it('accepts a key with the scope', async () => {
    const { body } = await get(bearer(SECRET), '/orders').expect(200);
    expect(body.id).toBe('key-1');
  });

  describe('refuses', () => {
    const challenge = (code: string) =>
      expect.stringMatching(
        new RegExp(
          `^Bearer realm="backstage", error="${code}", error_description="[^"]+"`,
        ),
      );
    const NONE = 'Bearer realm="backstage"';

    it.each<[string, Record<string, string>, number, string, unknown]>([
      ['a request without a key', {}, 401, 'unauthorized', NONE],
      [
        'a scheme alone',
        { Authorization: 'Bearer ' },
        401,
        'unauthorized',
        NONE,
      ],
      ['an empty header', { 'X-API-Key': '' }, 401, 'unauthorized', NONE],
      [
        'another scheme',
        { Authorization: 'Token x' },
        401,
        'unauthorized',
        NONE,
      ],
      [
        'a token of another make',
        bearer('eyJhbGciOiJFUzI1NiJ9.e30.x'),
        401,
        'invalid_token',
        challenge('invalid_token'),
      ],
      [
        'a password',
        basic('ada', 'x'),
        401,
        'invalid_token',
        challenge('invalid_token'),
      ],
      [
        'a mistyped key',
        { 'X-API-Key': `${SECRET}x` },
        401,
        'invalid_token',
        challenge('invalid_token'),
      ],
      [
        'two keys',
        { ...bearer(SECRET), 'X-API-Key': OTHER },
        400,
        'invalid_request',
        challenge('invalid_request'),
      ],
      [
        'the same key twice',
        { ...bearer(SECRET), 'X-API-Key': SECRET },
        400,
        'invalid_request',
        challenge('invalid_request'),
      ],
      [
        'a key next to another token',
        { ...bearer('eyJhbGciOiJFUzI1NiJ9.e30.x'), 'X-API-Key': SECRET },
        400,
        'invalid_request',
        challenge('invalid_request'),
      ],
      [
        'two keys in one',
        basic(SECRET, OTHER),
        400,
        'invalid_request',
        challenge('invalid_request'),
      ],
    ])('%s, and asks nobody', async (_, sent, status, error, authenticate) => {
      const { headers, body } = await get(sent).expect(status);
      expect(body).toEqual({ error, error_description: expect.any(String) });
      expect(headers).toMatchObject({
        'www-authenticate': authenticate,
        'cache-control': 'no-store',
        'content-type': 'application/json',
      });
      expect(headers.etag).toBeUndefined();
      expect(portal.asked).toEqual([]);
    });

    it.each<[string, string]>([
      ['Authorization', 'KEY'],
      ['Authorization', 'Token KEY'],
      ['Authorization', 'Bearer "KEY"'],
      ['Authorization', 'Bearer Bearer KEY'],
      ['Authorization', 'Basic KEY'],
      ['X-API-Key', 'Bearer KEY'],
      ['Private-Token', 'KEY'],
      ['Cookie', 'token=KEY'],
    ])(
      'a key in a wrong form, says how to present it, and asks nobody: %s: %s',
      async (name, value) => {
        const sent = { [name]: value.replace('KEY', SECRET) };
        const { headers, body, text } = await get(sent).expect(401);
        expect(body.error_description).toMatch(
          /: send Authorization: Bearer <API key>$/,
        );
        expect(headers['www-authenticate']).toContain(body.error_description);
        expect(text).not.toContain(SECRET);
        expect(portal.asked).toEqual([]);
        const mistyped = { [name]: value.replace('KEY', `${SECRET}x`) };
        const answer = await get(mistyped).expect(401);
        expect(answer.text).not.toContain('send Authorization');
      },
    );

    it('a key that the portal does not accept', async () => {
      portal.answer = json({ active: false });
      const { headers } = await get(bearer(SECRET)).expect(401);
      expect(headers).toMatchObject({
        'www-authenticate': challenge('invalid_token'),
        'cache-control': 'no-store',
      });
    });

    it('a key that lacks scopes, and names the required ones', async () => {
      const { headers, body } = await get(bearer(SECRET), '/all').expect(403);
      expect(headers).toMatchObject({
        'www-authenticate': expect.stringMatching(
          /error="insufficient_scope".*, scope="orders:read orders:delete"$/,
        ),
        'cache-control': 'no-store',
      });
      expect(body.error).toBe('insufficient_scope');
    });

    it('a key that is restricted in Backstage, unless the service requires one of its scopes', async () => {
      portal.answer = json({ ...ACTIVE, restricted: true });
      const { headers, body } = await get(bearer(SECRET)).expect(403);
      expect(headers['www-authenticate']).toMatch(
        /error="insufficient_scope", error_description="The API key is restricted, and opens only what asks for a scope that it carries"$/,
      );
      expect(body.error).toBe('insufficient_scope');
      await get(bearer(SECRET), '/orders').expect(200);
      await get(bearer(SECRET), '/all').expect(403);
    });

    it('a request with 503 while keys cannot be verified, and says when to try again', async () => {
      portal.answer = json({}, 503, { 'Retry-After': '17' });
      const { headers, body } = await get(bearer(SECRET)).expect(503);
      expect(headers).toMatchObject({
        'retry-after': '17',
        'cache-control': 'no-store',
      });
      expect(headers['www-authenticate']).toBeUndefined();
      expect(body).toEqual({
        error: 'temporarily_unavailable',
        error_description: expect.not.stringContaining(portal.url),
      });
      expect(onUnavailable).toHaveBeenCalledTimes(1);
      const [error] = onUnavailable.mock.calls[0];
      expect(error).toBeInstanceOf(VerificationUnavailableError);
      expect(error.message).toContain('answers 503');
    });
  });

  it.each([
    [false, '127.0.0.1'],
    [1, '192.0.2.7'],
  ])(
    'sends the address of the client to the portal, with trust in proxies: %s',
    async (trust, ip) => {
      app.set('trust proxy', trust);
      const headers = { ...bearer(SECRET), 'X-Forwarded-For': '192.0.2.7' };
      await get(headers).expect(200);
      const [{ form }] = portal.asked;
      expect(form.client_ip.replace('::ffff:', '')).toBe(ip);
    },
  );

  it('logs to the console why keys cannot be verified, unless `onUnavailable` is set', async () => {
    const error = jest.spyOn(console, 'error').mockImplementation();
    portal.answer = json({}, 401);
    const verifier = createApiKeyVerifier({
      introspectionUrl: portal.url,
      credential: 'the-service',
    });
    const other = express().get('/', requireApiKey(verifier));
    await request(other).get('/').set(bearer(SECRET)).expect(503);
    expect(error.mock.calls).toEqual([
      [expect.stringContaining('does not accept the credential')],
    ]);
    error.mockRestore();
  });

  it('passes unexpected errors on', async () => {
    const broken = { verify: () => Promise.reject(new Error('a bug')) };
    const errors: unknown[] = [];
    const other = express()
      .get('/', requireApiKey(broken))
      .use(((error, _req, res, _next) => {
        errors.push(error);
        res.status(500).end();
      }) as express.ErrorRequestHandler);
    await request(other).get('/').set(bearer(SECRET)).expect(500);
    expect(errors).toEqual([new Error('a bug')]);
  });

  it('works without Express', async () => {
    const verifier = createApiKeyVerifier({
      introspectionUrl: portal.url,
      credential: 'the-service',
    });
    const guard = requireApiKey(verifier);
    const server = createServer((req, res) =>
      guard(req, res, () => res.end(apiKeyOf(req).id)),
    );
    const { text } = await request(server).get('/').set(bearer(SECRET));
    expect(text).toBe('key-1');
    expect(portal.asked[0].form.client_ip).toContain('127.0.0.1');
    await request(server).get('/').expect(401);
  });

  it('rejects an invalid scope', () => {
    const verifier = { verify: async () => ({ active: false as const }) };
    for (const scope of ['', 'a b', 'a"b', 'ü', 'a\\b']) {
      expect(() => requireApiKey(verifier, { scopes: [scope] })).toThrow(
        `No scope can be '${scope}'`,
      );
    }
  });

  it('returns no key for a request that it has not handled', async () => {
    const other = express().get('/', req => apiKeyOf(req));
    const { text } = await request(other).get('/').set(bearer(SECRET));
    expect(text).toContain('No requireApiKey has let this request in');
  });
});
