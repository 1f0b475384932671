import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import {
  apiKeyOf,
  createApiKeyVerifier,
  requireApiKey,
} from 'backstage-plugin-api-keys-node/verifier';
import express, { Express } from 'express';
import request from 'supertest';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const MAX_STALENESS = 1000;
const SCOPES = ['orders:read', 'orders:write'];
/** All that the service requests from the portal. */
const INTROSPECTION = [
  { plugin: 'api-keys', permission: ['api-keys.introspect'] },
];

describe('a service outside of Backstage', () => {
  let portal: TestPortal;
  let credential: string;
  let app: Express;
  let questions: number;
  const onUnavailable = jest.fn();

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: { scopes: { offered: SCOPES.map(name => ({ name })) } },
    });
    ({ secret: credential } = await portal.createKey('grace', {
      accessRestrictions: INTROSPECTION,
    }));
  });

  afterAll(() => portal.stop());

  beforeEach(() => {
    questions = 0;
    onUnavailable.mockReset();
    app = serve();
  });

  /** Starts a service whose verifier caches responses for this many milliseconds. */
  function serve(maxStaleness: number = MAX_STALENESS): Express {
    const verifier = createApiKeyVerifier({
      introspectionUrl: `${portal.url}/api/api-keys/v1/introspect`,
      credential: () => credential,
      maxStaleness,
      fetch: (...args) => {
        questions += 1;
        return fetch(...args);
      },
    });
    const service = express().set('trust proxy', 1);
    for (const [path, scopes] of [
      ['/', []],
      ['/orders', ['orders:read']],
    ] as const) {
      service.get(
        path,
        requireApiKey(verifier, { scopes, onUnavailable }),
        (req, res) => {
          res.json(apiKeyOf(req));
        },
      );
    }
    return service;
  }

  const create = (body?: Partial<CreateApiKeyRequest>) =>
    portal.createKey('ada', body);

  const get = (path: string, secret: string, headers = {}) =>
    request(app)
      .get(path)
      .set({ Authorization: `Bearer ${secret}`, ...headers });

  it('knows the owner of the key in a request, and what the key is for', async () => {
    const { key, secret } = await create({ scopes: ['orders:read'] });
    const { body } = await get('/orders', secret).expect(200);
    expect(body).toEqual({
      id: key.id,
      owner: 'user:default/ada',
      subject: 'user:default/ada',
      scopes: ['orders:read'],
      restricted: false,
      expiresAt: expect.any(String),
    });
    const untold = Date.parse(key.expiresAt!) - Date.parse(body.expiresAt);
    expect(untold).toBeGreaterThanOrEqual(0);
    expect(untold).toBeLessThan(1000);
  });

  it('sends the portal one request for a burst', async () => {
    const { secret } = await create();
    // Longer than a burst takes on a busy machine.
    const server = serve(60_000).listen(0);
    const burst = Array.from({ length: 100 }, () =>
      request(server).get('/').set('X-API-Key', secret).expect(200),
    );
    await Promise.all(burst);
    server.close();
    expect(questions).toBe(1);
  });

  it('rejects a revoked key within the promised time', async () => {
    const { key, secret } = await create();
    await get('/', secret).expect(200);
    const ada = await portal.signIn('ada');
    await portal
      .call('delete', `/api/api-keys/v1/keys/${key.id}`, ada)
      .expect(204);
    const revokedAt = performance.now();
    for (;;) {
      const sentAt = performance.now();
      const { status } = await get('/', secret);
      if (status === 401) break;
      expect(sentAt - revokedAt).toBeLessThan(MAX_STALENESS);
    }
  });

  it.each<[string, Partial<CreateApiKeyRequest>, string, number, RegExp]>([
    ['that carries it', { scopes: ['orders:read'] }, '/orders', 200, /^$/],
    [
      'for outside alone that carries it',
      { scopes: ['orders:read'], accessRestrictions: [] },
      '/orders',
      200,
      /^$/,
    ],
    ['that carries none', {}, '/orders', 403, /, scope="orders:read"$/],
    [
      'that carries another',
      { scopes: ['orders:write'] },
      '/orders',
      403,
      /error="insufficient_scope".*, scope="orders:read"$/,
    ],
    ['that carries none, where none is asked for', {}, '/', 200, /^$/],
    [
      'that is for its scopes alone, where none is asked for',
      { scopes: ['orders:read'], accessRestrictions: [] },
      '/',
      403,
      /error="insufficient_scope".*The API key is restricted/,
    ],
    [
      'for the catalog alone, where none is asked for',
      { accessRestrictions: [{ plugin: 'probe' }] },
      '/',
      401,
      /error="invalid_token"/,
    ],
  ])(
    'requires a scope, and responds to a key %s',
    async (_, body, path, status, challenge) => {
      const { secret } = await create(body);
      const { headers } = await get(path, secret).expect(status);
      expect(headers['www-authenticate'] ?? '').toMatch(challenge);
    },
  );

  it.each([
    ['192.0.2.7', 200],
    ['::ffff:192.0.2.7', 200],
    ['192.0.2.8', 401],
    ['unknown', 401],
  ])('responds to a key for one address from %s', async (ip, status) => {
    const { secret } = await create({ allowedIps: ['192.0.2.7'] });
    await get('/', secret, { 'X-Forwarded-For': ip }).expect(status);
  });

  it('reports its own bad credential with a 503, and never as a bad key of the caller', async () => {
    const { secret } = await create();
    const good = credential;
    try {
      for (const [bad, problem] of [
        [`${good}x`, 'credential of this service (401)'],
        [secret.replace(/.$/, ''), 'credential of this service (401)'],
      ]) {
        credential = bad;
        await get('/', secret).expect(503);
        expect(onUnavailable.mock.lastCall[0].message).toContain(problem);
      }
      ({ secret: credential } = await create({
        accessRestrictions: [{ plugin: 'probe' }],
      }));
      await get('/', secret).expect(503);
      expect(onUnavailable.mock.lastCall[0].message).toContain(
        'permission api-keys.introspect',
      );
    } finally {
      credential = good;
    }
    await get('/', secret).expect(200);
  });

  it('responds with 503 while the portal is down, except for keys in its cache', async () => {
    const { secret } = await create();
    const { secret: other } = await create();
    await get('/', secret).expect(200);
    const toldAt = performance.now();
    await portal.stop();
    const { headers } = await get('/', other).expect(503);
    expect(headers['retry-after']).toBe('5');
    for (;;) {
      const sentAt = performance.now();
      const { status } = await get('/', secret);
      if (status === 503) break;
      expect(status).toBe(200);
      expect(sentAt - toldAt).toBeLessThan(MAX_STALENESS);
    }
  });
});
