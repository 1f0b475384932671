import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ApiKey, CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import fc from 'fast-check';
import { Knex } from 'knex';
import {
  keyHeadersOf,
  NO_KEY,
  Received,
  send,
  SentHeaders,
} from '../__testUtils__/askAsGateway';
import { eventually } from '../__testUtils__/eventually';
import { statementsOfRequests } from '../__testUtils__/statementsOfRequests';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const VERIFY = '/api/api-keys/v1/verify';
const ADA = 'user:default/ada';
const STATIC_TOKEN = 'a-static-token-from-the-configuration';
const SCOPES = {
  offered: [{ name: 'orders.read' }, { name: 'orders.write' }, { name: 'a/b' }],
};
/** Matches as Express routes: a doubled slash after the id of a plugin counts as one. */
const SELF = /^\/api\/api-keys\/?\/v1\/self$/;
const BARE = 'Bearer realm="backstage"';
const INVALID_TOKEN = /^Bearer realm="backstage", error="invalid_token", /;
const SCOPE = /^Bearer realm="backstage", error="insufficient_scope", /;
const RESTRICTED: Partial<CreateApiKeyRequest> = {
  accessRestrictions: [{ plugin: 'probe' }],
};

type Created = { key: ApiKey; secret: string };

const bearer = (token: string): SentHeaders => [
  ['Authorization', `Bearer ${token}`],
];
const basic = (user: string, password: string): SentHeaders => [
  ['Authorization', `Basic ${btoa(`${user}:${password}`)}`],
];

/** Sends a request, and checks the invariants of all answers. */
async function ask(
  { url }: TestPortal,
  request: Omit<Parameters<typeof send>[1], 'path'> & { path?: string } = {},
): Promise<Received> {
  const { path = '' } = request;
  const answer = await send(url, { ...request, path: VERIFY + path });
  expect([200, 204, 401, 403, 503]).toContain(answer.status);
  if (answer.status > 204) expect(keyHeadersOf(answer)).toEqual(NO_KEY);
  expect(answer.headers['cache-control']).toBe('no-store');
  return answer;
}

describe.each(databases.eachSupportedId())('forward auth on %s', databaseId => {
  let portal: TestPortal;
  let knex: Knex;
  let ada: Created;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      port: await freePort(),
      apiKeys: {
        scopes: SCOPES,
        lastUsed: { resolution: '1 second' },
        limits: { failuresPerIp: { max: 10_000 } },
        // On a busy machine, a shorter staleness would turn the cache off for some requests.
        verification: { maxStaleness: '1 minute' },
      },
      backend: {
        trustProxy: 1,
        auth: {
          externalAccess: [
            {
              type: 'static',
              options: { token: STATIC_TOKEN, subject: 'gateway' },
            },
          ],
        },
      },
    });
    ada = await portal.createKey('ada');
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(() => portal.stop());

  it('lets a key through, and returns its owner', async () => {
    const { key, secret } = await portal.createKey('ada', {
      owner: 'group:default/team-a',
      scopes: ['orders.read', 'orders.write'],
    });
    const answer = await ask(portal, { headers: bearer(secret) });
    expect(answer.status).toBe(204);
    expect(answer.text).toBe('');
    expect(keyHeadersOf(answer)).toEqual({
      id: key.id,
      subject: 'group:default/team-a',
      owner: 'group:default/team-a',
      scopes: 'orders.read orders.write',
    });
  });

  it.each<[string, (secret: string) => SentHeaders]>([
    ['a bearer token', bearer],
    ['the header X-API-Key', secret => [['X-API-Key', secret]]],
    ['a password', secret => basic('ada', secret)],
    ['a user name', secret => basic(secret, '')],
  ])('lets a key through as %s', async (_, headers) => {
    const answer = await ask(portal, { headers: headers(ada.secret) });
    expect(answer.status).toBe(204);
    expect(keyHeadersOf(answer)).toEqual({
      id: ada.key.id,
      subject: ADA,
      owner: ADA,
      scopes: '',
    });
  });

  it.each([
    ['GET', ''],
    ['HEAD', ''],
    ['POST', ''],
    ['PUT', ''],
    ['PATCH', ''],
    ['DELETE', ''],
    ['OPTIONS', ''],
    ['PROPFIND', ''],
    ['GET', '/unscoped/a'],
    ['HEAD', '/unscoped/a'],
    ['POST', '/unscoped/a'],
    ['OPTIONS', '/unscoped/a'],
  ])('answers %s %s whatever the body is', async (method, path) => {
    const body = `{"broken${'.'.repeat(5_000_000)}`;
    const request = {
      method,
      path,
      body: method === 'HEAD' ? undefined : body,
    };
    const json: SentHeaders = [['Content-Type', 'application/json']];
    const headers = [...json, ...bearer(ada.secret)];
    const pass = path ? 200 : 204;
    expect((await ask(portal, { ...request, headers })).status).toBe(pass);
    const refused = await ask(portal, { ...request, headers: json });
    expect(refused.status).toBe(401);
  });

  it('refuses requests without a key with a bare challenge', async () => {
    const answer = await ask(portal);
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toBe(BARE);
    expect(JSON.parse(answer.text)).toEqual({
      error: { name: 'AuthenticationError', message: 'Missing credentials' },
    });
  });

  const probeToken = async (path: string, token?: string) =>
    (await portal.call('get', `/api/probe${path}`, token)).body.token as string;
  const userTokenOf = async (secret: string) => {
    const { body } = await portal
      .call(
        'post',
        '/api/auth/api-key/refresh',
        await probeToken('/plugin-token/auth'),
      )
      .set('X-Api-Key', secret)
      .expect(200);
    return body.backstageIdentity.token as string;
  };

  it.each<[string, () => Promise<SentHeaders>]>([
    ['an unknown key', async () => bearer(generateSecret('bsk'))],
    ['a mistyped key', async () => [['X-API-Key', `${ada.secret}x`]]],
    [
      'a revoked key',
      async () => {
        const { key, secret } = await portal.createKey('ada');
        const path = `/api/api-keys/v1/keys/${key.id}`;
        const before = await ask(portal, { headers: bearer(secret) });
        expect(before.status).toBe(204);
        await portal.call('delete', path, await portal.signIn('ada'));
        return bearer(secret);
      },
    ],
    ['a user who signed in', async () => bearer(await portal.signIn('ada'))],
    ['a service of the company', async () => bearer(STATIC_TOKEN)],
    [
      'a plugin',
      async () => bearer(await probeToken('/plugin-token/api-keys')),
    ],
    [
      'a plugin that calls for a key',
      async () => bearer(await probeToken('/obo-token/api-keys', ada.secret)),
    ],
    [
      'a user token that was made for a key',
      async () => bearer(await userTokenOf(ada.secret)),
    ],
    ['garbage', async () => bearer('garbage')],
    ['a password', async () => basic('ada', 'secret')],
    [
      'a key in a cookie',
      async () => [['Cookie', `backstage-auth=${ada.secret}`]],
    ],
    [
      'a session in a cookie',
      async () => [['Cookie', `backstage-auth=${await portal.signIn('ada')}`]],
    ],
  ])('refuses %s with a 401', async (_, headersOf) => {
    const headers = await headersOf();
    expect(headers[0][1]).not.toContain('undefined');
    const answer = await ask(portal, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(INVALID_TOKEN);
  });

  it('refuses two credentials with a 401, since gateways know no 400', async () => {
    const headers: SentHeaders = [
      ...bearer(ada.secret),
      ['X-API-Key', ada.secret],
    ];
    const answer = await ask(portal, { headers });
    expect(answer.status).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(
      /error="invalid_request"/,
    );
    expect(JSON.stringify(answer)).not.toContain(ada.secret);
  });

  describe('with scopes', () => {
    const keys: { [name: string]: Created } = {};

    beforeAll(async () => {
      const make = async (name: string, body: Partial<CreateApiKeyRequest>) => {
        keys[name] = await portal.createKey('ada', body);
      };
      const scopes = ['orders.read', 'a/b'];
      await make('plain', {});
      await make('scoped', { scopes });
      await make('restricted', RESTRICTED);
      await make('both', { ...RESTRICTED, scopes });
      await make('outside', { accessRestrictions: [], scopes });
    });

    it.each([
      ['', 'plain scoped'],
      ['/unscoped', 'plain scoped'],
      ['/unscoped/', 'plain scoped'],
      ['/unscoped/orders?scope=orders.read', 'plain scoped'],
      ['/unscoped/?scope=orders.read', 'plain scoped'],
      ['/unscoped?scope=orders.write', 'plain scoped'],
      ['/unscoped/scopes/orders.read', 'plain scoped'],
      ['/unscoped/../scopes/orders.read', 'plain scoped'],
      ['/unscoped/%zz', 'plain scoped'],
      ['?scope=orders.read', 'scoped both outside'],
      ['?scope=orders.read&scope=a/b', 'scoped both outside'],
      ['?scope=orders.read%20a%2Fb', 'scoped both outside'],
      ['?scope=orders.read+a/b', 'scoped both outside'],
      ['/scopes/orders.read', 'scoped both outside'],
      [
        '/scopes/orders.read/orders/1?scope=orders.write',
        'scoped both outside',
      ],
      ['/scopes/orders.read?scope=orders.write', 'scoped both outside'],
      ['/scopes/orders.read/%zz', 'scoped both outside'],
      ['/scopes/a%2Fb/x', 'scoped both outside'],
      ['/scopes/orders.read%20a%2Fb/x', 'scoped both outside'],
      ['?scope=orders.write', ''],
      ['?scope=orders.read&scope=orders.write', ''],
      ['?scope=ORDERS.READ', ''],
      ['?scope=orders', ''],
      ['/scopes/orders.write/?scope=orders.read', ''],
      ['/scopes/orders.write/../orders.read', ''],
      ['/scopes/orders.read%20orders.write/', ''],
      // Paths that can only be a mistake match no scope.
      ['/', ''],
      ['/?scope=orders.read', ''],
      ['/orders', ''],
      ['/orders?scope=orders.read', ''],
      ['/Unscoped', ''],
      ['//unscoped', ''],
      ['/scopes', ''],
      ['/scopes/', ''],
      ['/scopes//orders.read', ''],
      ['/scopes/%20/', ''],
      ['/scopes/%zz/', ''],
      ['/scopes/a/b', ''],
      ['?scope', ''],
      ['?scope=', ''],
      ['?scope=+', ''],
      ['?scope=orders.read&scope=', ''],
      ['?scopes=orders.read', ''],
      ['?Scope=orders.read', ''],
      ['?scope=orders.read&page=2', ''],
      ['?scope[]=orders.read', ''],
    ])('%s lets through: %s', async (path, expected) => {
      const opened = [];
      for (const [name, { key, secret }] of Object.entries(keys)) {
        const answer = await ask(portal, { path, headers: bearer(secret) });
        const isOpened = answer.status <= 204;
        if (isOpened) opened.push(name);
        expect({
          isRefused: answer.status === 403,
          lacksScope: SCOPE.test(answer.headers['www-authenticate'] ?? ''),
          id: keyHeadersOf(answer).id,
        }).toEqual({
          isRefused: !isOpened,
          lacksScope: !isOpened,
          id: isOpened ? key.id : '',
        });
      }
      expect(opened.join(' ')).toBe(expected);
    });

    it.each([
      ['?scope=orders.read&scope=orders.write', 'orders.read orders.write'],
      ['/scopes/orders.write/x', 'orders.write'],
      ['?scope=%22%0D%0ASet-Cookie:%20x', undefined],
      ['/scopes/%C3%A9%22/', undefined],
      ['', undefined],
    ])(
      '%s is refused with the scopes that it requires: %s',
      async (path, scope) => {
        const headers = bearer(keys.both.secret);
        const answer = await ask(portal, { path, headers });
        const challenge = answer.headers['www-authenticate']!;
        expect(challenge).toMatch(SCOPE);
        expect(challenge.match(/, scope="([^"]*)"$/)?.[1]).toBe(scope);
        expect(answer.headers['set-cookie']).toBeUndefined();
      },
    );
  });

  it('is all that a restricted key reaches by it, whatever the path is', async () => {
    const { secret } = await portal.createKey('ada', {
      ...RESTRICTED,
      scopes: ['orders.read'],
    });
    const segment = fc.constantFrom(
      ...['v1', 'verify', 'verify', 'VERIFY', 'scopes', 'orders.read'],
      ...['unscoped', 'keys', 'policy', 'self', 'rotate', 'usage', '', '.'],
      ...['..', '%2e%2e', '%2f', 'verify%2f..', 'verify;', 'openapi.json'],
    );
    const query = fc.constantFrom('', '?scope=orders.read', '?/v1/verify');
    await fc.assert(
      fc.asyncProperty(
        fc.array(segment, { minLength: 1, maxLength: 6 }),
        query,
        async (segments, search) => {
          const path = `/api/api-keys/${segments.join('/')}${search}`;
          const headers = bearer(secret);
          const answer = await send(portal.url, { path, headers });
          const isSelf = SELF.test(path.split('?')[0]);
          const isVerified =
            answer.text === '' && answer.headers['x-api-key-id'] !== undefined;
          expect(answer.status >= 400 || isVerified || isSelf).toBe(true);
        },
      ),
      {
        numRuns: 300,
        examples: [
          [['v1', 'verify', '..', 'keys'], ''],
          [['v1', 'keys'], '?/v1/verify'],
          [['v1', 'verify', 'scopes', 'orders.read', '..', 'policy'], ''],
          [['', 'v1', 'self'], ''],
          [['', 'v1', 'keys'], ''],
        ],
      },
    );
  });

  describe('use of a key', () => {
    const keyOf = async (id: string) =>
      (
        await portal.call(
          'get',
          `/api/api-keys/v1/keys/${id}`,
          await portal.signIn('ada'),
        )
      ).body;
    const client: SentHeaders = [
      ['X-Forwarded-For', '192.0.2.7'],
      ['User-Agent', 'curl/8'],
    ];

    it('is counted once, with the address of the client', async () => {
      const { key, secret } = await portal.createKey('ada');
      await ask(portal, { headers: [...bearer(secret), ...client] });
      await eventually(async () => {
        expect(await keyOf(key.id)).toMatchObject({
          useCount: 1,
          lastUsedIp: '192.0.2.7',
          lastUsedUserAgent: 'curl/8',
        });
      });
      const { body } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}/usage`,
        await portal.signIn('ada'),
      );
      expect(body.items).toEqual([
        expect.objectContaining({ plugin: 'api-keys', uses: 1 }),
      ]);
    });

    it.each<[string, Partial<CreateApiKeyRequest>, string]>([
      ['a scope that it does not carry', {}, 'restricted'],
      ['the wrong address', { allowedIps: ['10.0.0.0/8'] }, 'ip'],
    ])(
      'is not counted for %s, which is recorded as a refusal',
      async (_, body, reason) => {
        const { key, secret } = await portal.createKey('ada', body);
        const answer = await ask(portal, {
          path: '?scope=orders.read',
          headers: [...bearer(secret), ...client],
        });
        expect(answer.status).toBe(403);
        await eventually(async () => {
          const { body: events } = await portal.call(
            'get',
            `/api/api-keys/v1/keys/${key.id}/events`,
            await portal.signIn('ada'),
          );
          expect(events.items[0]).toMatchObject({
            type: 'refused',
            category: 'SECURITY',
            details: { reason, plugin: 'api-keys', ip: '192.0.2.7' },
          });
        });
        expect(await keyOf(key.id)).toMatchObject({
          useCount: 0,
          lastUsedAt: null,
        });
      },
    );

    it('ends the predecessor of a key that is used for the first time; a refusal does not', async () => {
      const first = await portal.createKey('ada');
      const { body } = await portal
        .call(
          'post',
          `/api/api-keys/v1/keys/${first.key.id}/rotate`,
          await portal.signIn('ada'),
        )
        .send({})
        .expect(201);
      const successor = bearer(body.secret);
      await ask(portal, { path: '?scope=orders.read', headers: successor });
      const kept = await ask(portal, { headers: bearer(first.secret) });
      expect(kept.status).toBe(204);
      await ask(portal, { headers: successor });
      const ended = await ask(portal, { headers: bearer(first.secret) });
      expect(ended.status).toBe(401);
    });
  });

  it('asks the database nothing for a key that is in use', async () => {
    const headers = bearer(ada.secret);
    await ask(portal, { headers });
    const statements = await statementsOfRequests(knex, async () => {
      for (let i = 0; i < 20; i++) await ask(portal, { headers });
    });
    expect(statements).toEqual([]);
  });

  it('answers 503 while the catalog is down', async () => {
    const { secret } = await portal.createKey('linus');
    jest
      .spyOn(portal.catalog, 'getEntityByRef')
      .mockRejectedValue(new Error('catalog is down'));
    const answer = await ask(portal, { headers: bearer(secret) });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expect(answer.text).not.toContain('catalog');
  });
});

describe('forward auth', () => {
  let portal: TestPortal;

  afterEach(() => portal.stop());

  it('does not accept keys in the URL, which the gateway passes to its service', async () => {
    portal = await startTestPortal({ apiKeys: { accept: { query: true } } });
    const { secret } = await portal.createKey('ada');
    const inUrl = `?api_key=${secret}`;
    for (const path of [inUrl, `/unscoped${inUrl}`, `/unscoped/x${inUrl}`]) {
      const answer = await ask(portal, { path });
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(
        /API keys are not accepted in the URL/,
      );
      expect(answer.text).not.toContain(secret);
    }
    await portal.call('get', `/api/probe/whoami${inUrl}`).expect(200);
  });

  it('ignores plugins that are forbidden to keys', async () => {
    portal = await startTestPortal({
      apiKeys: { restrictions: { forbidden: ['api-keys'] } },
    });
    const { secret } = await portal.createKey('ada');
    const { status } = await ask(portal, { headers: bearer(secret) });
    expect(status).toBe(204);
    await portal.call('get', '/api/api-keys/v1/policy', secret).expect(403);
  });

  it('answers 403 with a Retry-After to a key that exceeds its rate limit', async () => {
    portal = await startTestPortal({
      apiKeys: { limits: { requests: { max: 1, per: '1 hour' } } },
    });
    const { secret } = await portal.createKey('ada');
    const headers = bearer(secret);
    expect((await ask(portal, { headers })).status).toBe(204);
    const answer = await ask(portal, { headers });
    expect(answer.status).toBe(403);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3500);
    expect(answer.headers['www-authenticate']).toBeUndefined();
    expect(JSON.parse(answer.text).error.name).toBe('TooManyRequestsError');
  });

  it('does not mention restrictions to a restricted key that exceeds its rate limit', async () => {
    portal = await startTestPortal({
      apiKeys: {
        scopes: SCOPES,
        limits: { requests: { max: 1, per: '1 hour' } },
      },
    });
    const { secret } = await portal.createKey('ada', {
      ...RESTRICTED,
      scopes: ['orders.read'],
    });
    const request = { path: '?scope=orders.read', headers: bearer(secret) };
    expect((await ask(portal, request)).status).toBe(204);
    const answer = await ask(portal, request);
    expect(answer.status).toBe(403);
    expect(answer.headers['www-authenticate']).toBeUndefined();
  });

  it('answers 403 to an address with too many failures, and still accepts valid keys', async () => {
    portal = await startTestPortal({
      apiKeys: { limits: { failuresPerIp: { max: 1 } } },
    });
    const { secret } = await portal.createKey('ada');
    const fail = () => ask(portal, { headers: bearer(generateSecret('bsk')) });
    expect((await fail()).status).toBe(401);
    const answer = await fail();
    expect(answer.status).toBe(403);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(portal, { headers: bearer(secret) })).status).toBe(204);
  });

  it('lets nothing through if no service enforces the scopes of keys, and logs it', async () => {
    const logger = mockServices.rootLogger.mock({ child: () => logger });
    portal = await startTestPortal({
      port: await freePort(),
      logger: logger.factory,
      features: [httpAuthServiceFactory],
    });
    const { secret } = await portal.createKey('ada');
    const answer = await ask(portal, { headers: bearer(secret) });
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.text).not.toContain('apiKeyHttpAuthServiceFactory');
    expect(JSON.stringify(jest.mocked(logger.error).mock.calls)).toContain(
      'A gateway could not be told',
    );
  });

  it('percent-encodes what is not ASCII, since headers hold nothing else', async () => {
    const knex = await databases.init('SQLITE_3');
    portal = await startTestPortal({
      knex,
      apiKeys: { verification: { maxStaleness: 0 } },
    });
    const { key, secret } = await portal.createKey('ada');
    const owner = 'user:default/zoë 100%\n😀';
    await knex('api_keys').where({ id: key.id }).update({ owner });
    const answer = await ask(portal, { headers: bearer(secret) });
    expect(answer.status).toBe(204);
    const { owner: told } = keyHeadersOf(answer);
    expect(told).toMatch(/^user:default\/zo%C3%AB%20100%25%0A/);
    expect(decodeURIComponent(told as string)).toBe(owner);
  });
});
