import { ApiKey, CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { parse } from 'yaml';
import { send, SentHeaders } from '../../__testUtils__/askAsGateway';
import { readDocument, snippetsOf } from '../../__testUtils__/docs';
import {
  Gateway,
  GatewayKind,
  RecordingService,
  startGateway,
  startService,
} from '../../__testUtils__/gateways';
import { isInstalled } from '../../__testUtils__/isInstalled';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const ADA = 'user:default/ada';
/** Address of the gateway, as the portal sees it. */
const GATEWAY = '127.0.0.1';
/** Addresses of clients, as the gateway sees them. */
const OFFICE = '127.0.0.2';
const ELSEWHERE = '127.0.0.3';
const SCOPE = /^Bearer realm="backstage", error="insufficient_scope", /;
const INVALID_TOKEN = /^Bearer realm="backstage", error="invalid_token", /;

type Created = { key: ApiKey; secret: string };

const bearer = (secret: string): SentHeaders => [
  ['Authorization', `Bearer ${secret}`],
];

/** Starts a portal that trusts the proxies in the document. */
const startPortal = async (limits = {}) => {
  const [settings] = snippetsOf(readDocument('docs/gateways.md'), 'yaml');
  const { backend } = parse(settings);
  expect(backend.trustProxy).toHaveLength(1);
  return startTestPortal({
    port: await freePort(),
    backend: { trustProxy: [GATEWAY] },
    apiKeys: {
      scopes: { offered: [{ name: 'orders.read' }, { name: 'orders.write' }] },
      limits,
    },
  });
};

const installed: GatewayKind[] = (['nginx', 'caddy'] as const).filter(kind =>
  isInstalled(kind, [kind === 'nginx' ? '-v' : 'version']),
);

(installed.length > 0 ? describe.each(installed) : describe.skip.each(['']))(
  'behind %s',
  kind => {
    let portal: TestPortal;
    let service: RecordingService;
    /** Requires the scope `orders.read`. */
    let scoped: Gateway;
    /** Requires no scope. */
    let unscoped: Gateway;
    let stop: (() => Promise<void>)[];

    const start = async (
      options: { demand?: string; portalUrl?: string } = {},
    ) => {
      const gateway = await startGateway(kind as GatewayKind, {
        portalUrl: portal.url.replace('localhost', GATEWAY),
        serviceUrl: service.url,
        ...options,
      });
      stop.push(gateway.stop);
      return gateway;
    };

    beforeAll(async () => {
      stop = [];
      portal = await startPortal({ failuresPerIp: { max: 1000 } });
      service = await startService();
      scoped = await start();
      unscoped = await start({ demand: 'unscoped' });
    });

    beforeEach(() => {
      service.received.length = 0;
    });

    afterEach(() => jest.restoreAllMocks());

    afterAll(async () => {
      for (const one of stop) await one();
      await service.stop();
      await portal.stop();
    });

    const ask = (
      gateway: Gateway,
      headers: SentHeaders,
      request: Partial<Parameters<typeof send>[1]> = {},
    ) => send(gateway.url, { path: '/orders/1?page=2', headers, ...request });
    const create = (
      body: Partial<CreateApiKeyRequest> = {},
    ): Promise<Created> => portal.createKey('ada', body);
    const scopedKey = () => create({ scopes: ['orders.read', 'orders.write'] });

    it.each<[string, (secret: string) => SentHeaders]>([
      ['a bearer token', bearer],
      ['the header X-API-Key', secret => [['x-api-KEY', secret]]],
      [
        'a password',
        secret => [['Authorization', `Basic ${btoa(`ada:${secret}`)}`]],
      ],
    ])(
      'the service receives the identity of the key but not the key itself, which is %s',
      async (_, headers) => {
        const { key, secret } = await scopedKey();
        const answer = await ask(scoped, headers(secret));
        expect(answer.status).toBe(200);
        expect(answer.text).toBe('from the service');
        expect(answer.headers['www-authenticate']).toBeUndefined();
        const [received] = service.received;
        expect(received).toMatchObject({
          method: 'GET',
          url: '/orders/1?page=2',
          headers: {
            'x-api-key-id': key.id,
            'x-api-key-subject': ADA,
            'x-api-key-owner': ADA,
            'x-api-key-scopes': 'orders.read orders.write',
          },
        });
        expect(received.headers.authorization).toBeUndefined();
        expect(received.headers['x-api-key']).toBeUndefined();
        expect(JSON.stringify(received)).not.toContain(secret);
      },
    );

    it.each<[string, () => Promise<SentHeaders>, RegExp]>([
      ['no key', async () => [], /^Bearer realm="backstage"$/],
      [
        'an unknown key',
        async () => bearer(generateSecret('bsk')),
        INVALID_TOKEN,
      ],
      [
        'a log-in',
        async () => bearer(await portal.signIn('ada')),
        INVALID_TOKEN,
      ],
      [
        'two keys',
        async () => {
          const { secret } = await scopedKey();
          return [...bearer(secret), ['X-API-Key', secret]];
        },
        /error="invalid_request"/,
      ],
    ])('%s is a 401 with the reason', async (_, headers, challenge) => {
      const answer = await ask(scoped, await headers());
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(challenge);
      expect(service.received).toEqual([]);
    });

    it('a revoked key is denied at once', async () => {
      const { key, secret } = await scopedKey();
      expect((await ask(scoped, bearer(secret))).status).toBe(200);
      await portal
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await portal.signIn('ada'),
        )
        .expect(204);
      expect((await ask(scoped, bearer(secret))).status).toBe(401);
      expect(service.received).toHaveLength(1);
    });

    it.each<[string, Partial<CreateApiKeyRequest>, string]>([
      ['that is not restricted', {}, 'unscoped'],
      ['with another scope', { scopes: ['orders.write'] }, 'unscoped'],
      ['with the scope', { scopes: ['orders.read'] }, 'scoped unscoped'],
      ['that is restricted', { accessRestrictions: [{ plugin: 'probe' }] }, ''],
      [
        'that is restricted, with the scope',
        { accessRestrictions: [], scopes: ['orders.read'] },
        'scoped',
      ],
    ])('a key %s passes where it should', async (_, body, expected) => {
      const { secret } = await create(body);
      const opened = [];
      for (const [name, gateway] of Object.entries({ scoped, unscoped })) {
        const answer = await ask(gateway, bearer(secret));
        const isOpened = answer.status === 200;
        if (isOpened) opened.push(name);
        expect({
          isRefused: answer.status === 403,
          lacksScope: SCOPE.test(answer.headers['www-authenticate'] ?? ''),
        }).toEqual({ isRefused: !isOpened, lacksScope: !isOpened });
      }
      expect(opened.join(' ')).toBe(expected);
      expect(service.received).toHaveLength(opened.length);
    });

    it.each([
      '/?scope=orders.read',
      '/scopes/orders.read?scope=orders.read',
      '/%2e%2e/scopes/orders.read',
      '/..%2fscopes%2forders.read',
      '/orders%20read/%C3%A9',
    ])('a client cannot change the required scopes with %s', async path => {
      const restricted = await create({
        accessRestrictions: [{ plugin: 'probe' }],
        scopes: ['orders.read'],
      });
      const other = await create({ scopes: ['orders.write'] });
      await ask(unscoped, bearer(restricted.secret), { path });
      await ask(scoped, bearer(other.secret), {
        path: path.replaceAll('read', 'write'),
      });
      expect(service.received).toEqual([]);
    });

    it('a key for some networks is checked against the real address of the client', async () => {
      const { secret } = await create({ allowedIps: [OFFICE] });
      const said: SentHeaders = [
        ['X-Forwarded-For', OFFICE],
        ['X-Forwarded-For', `${OFFICE}, ${GATEWAY}`],
        ['X-Real-IP', OFFICE],
        ['Forwarded', `for=${OFFICE}`],
      ];
      const from = async (address: string, ...headers: SentHeaders) =>
        (
          await ask(unscoped, [...bearer(secret), ...headers], {
            from: address,
          })
        ).status;
      expect(await from(OFFICE)).toBe(200);
      expect(await from(ELSEWHERE)).toBe(403);
      expect(await from(ELSEWHERE, ...said)).toBe(403);
      expect(await from(OFFICE, ['X-Forwarded-For', ELSEWHERE])).toBe(200);
    });

    it('headers about a key that the client sends never reach the service', async () => {
      const { key, secret } = await create();
      const names = ['Id', 'Subject', 'Owner', 'Scopes'];
      const forged = names.flatMap(
        (name): SentHeaders => [
          [`X-Api-Key-${name}`, 'forged'],
          [`x-api-key-${name.toLowerCase()}`, 'forged twice'],
          [`X_Api_Key_${name}`, 'forged'],
          [`X-Api_Key-${name}`, 'forged'],
          [`x_api-key_${name}`, 'forged'],
        ],
      );
      const answer = await ask(unscoped, [...bearer(secret), ...forged]);
      expect(answer.status).toBe(200);
      const [{ rawHeaders, headers }] = service.received;
      expect(JSON.stringify(rawHeaders)).not.toContain('forged');
      expect(headers['x-api-key-id']).toBe(key.id);
      // The key has no scopes.
      expect(headers['x-api-key-scopes'] ?? '').toBe('');
    });

    it.each(['POST', 'PUT', 'PATCH', 'DELETE'])(
      'a large body of a %s is sent to the service only',
      async method => {
        const { secret } = await create();
        const body = Buffer.alloc(20_000_000, '{');
        const json: SentHeaders = [['Content-Type', 'application/json']];
        const answer = await ask(unscoped, [...bearer(secret), ...json], {
          method,
          body,
        });
        expect(answer.status).toBe(200);
        expect(service.received).toMatchObject([
          { method, bodyLength: body.length },
        ]);
        const small = '{"broken';
        const refused = await ask(unscoped, json, { method, body: small });
        expect(refused.status).toBe(401);
        expect(service.received).toHaveLength(1);
      },
    );

    it('a client with an unusual user agent and unrelated cookies passes', async () => {
      const { secret } = await create();
      const headers: SentHeaders = [
        ...bearer(secret),
        ['Cookie', 'session=1; backstage-auth=x'],
        ['User-Agent', 'x'.repeat(2000)],
        ['Expect', '100-continue'],
        ['Accept', 'text/html'],
      ];
      expect((await ask(unscoped, headers)).status).toBe(200);
    });

    it('no request passes while keys cannot be verified', async () => {
      const { secret } = await portal.createKey('linus');
      const lookUp = jest
        .spyOn(portal.catalog, 'getEntityByRef')
        .mockRejectedValue(new Error('catalog is down'));
      const answer = await ask(unscoped, bearer(secret));
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(service.received).toEqual([]);
      lookUp.mockRestore();
      expect((await ask(unscoped, bearer(secret))).status).toBe(200);
    });

    it('no request passes while the portal is down', async () => {
      const { secret } = await create();
      const nobody = `http://${GATEWAY}:${await freePort()}`;
      const gateway = await start({ portalUrl: nobody });
      const answer = await ask(gateway, bearer(secret));
      expect(answer.status).toBe(503);
      expect(answer.headers['retry-after']).toBe('5');
      expect(service.received).toEqual([]);
    });

    it('no request passes if the gateway calls an address that does not exist', async () => {
      const { secret } = await scopedKey();
      const gateway = await start({ demand: 'scope/orders.read' });
      expect((await ask(gateway, bearer(secret))).status).toBe(403);
      expect(service.received).toEqual([]);
    });

    describe('with limits', () => {
      let limited: TestPortal;
      let gateway: Gateway;

      beforeAll(async () => {
        limited = await startPortal({
          requests: { max: 1, per: '1 hour' },
          failuresPerIp: { max: 1 },
        });
        const portalUrl = limited.url.replace('localhost', GATEWAY);
        gateway = await start({ demand: 'unscoped', portalUrl });
      });

      afterAll(() => limited.stop());

      it('a key over its rate limit gets a Retry-After', async () => {
        const { secret } = await limited.createKey('ada');
        expect((await ask(gateway, bearer(secret))).status).toBe(200);
        const answer = await ask(gateway, bearer(secret));
        expect(answer.status).toBe(403);
        expect(Number(answer.headers['retry-after'])).toBeGreaterThan(3500);
        expect(answer.headers['www-authenticate']).toBeUndefined();
        expect(service.received).toHaveLength(1);
      });

      it('failures count for the client, not for the gateway', async () => {
        const fail = async (from: string) =>
          (await ask(gateway, bearer(generateSecret('bsk')), { from })).status;
        expect(await fail(OFFICE)).toBe(401);
        expect(await fail(OFFICE)).toBe(403);
        expect(await fail(ELSEWHERE)).toBe(401);
      });
    });
  },
);
