import { ApiKey } from 'backstage-plugin-api-keys-common';
import { parse } from 'yaml';
import {
  keyHeadersOf,
  NO_KEY,
  send,
  SentHeaders,
} from '../../__testUtils__/askAsGateway';
import { readDocument, snippetsOf } from '../../__testUtils__/docs';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const PORTAL = 'http://backstage.internal:7007';
const CLIENT = '198.51.100.7';
/** Address that Envoy adds to `X-Forwarded-For`. */
const ENVOY = '10.0.0.5';

/** All documented configurations of Traefik and Envoy. */
const yaml = snippetsOf(readDocument('docs/gateways.md'), 'yaml').map(text =>
  parse(text),
);
const traefik = yaml.find(({ http }) => http).http.middlewares;
const envoy = yaml
  .find(({ http_filters: filters }) => filters)
  .http_filters.find(({ name }: { name: string }) =>
    /ext_authz/.test(name),
  ).typed_config;

/** Hop-by-hop headers, which gateways do not forward. */
const HOP_BY_HOP =
  /^(connection|keep-alive|te|trailers|transfer-encoding|upgrade)$/i;

type Client = {
  method: string;
  path: string;
  headers: SentHeaders;
  body?: Buffer;
};

/**
 * Imitates https://doc.traefik.io: a GET without a body to the address, with all headers of the client and those that
 * describe it.
 */
function asTraefikAsks(client: Client) {
  const address: string = traefik['api-key'].forwardAuth.address;
  expect(address.startsWith(PORTAL)).toBe(true);
  expect(traefik['api-key'].forwardAuth.trustForwardHeader).toBe(false);
  const own: SentHeaders = [
    ['X-Forwarded-Method', client.method],
    ['X-Forwarded-Proto', 'https'],
    ['X-Forwarded-Host', 'orders.example.com'],
    ['X-Forwarded-Uri', client.path],
    ['X-Forwarded-For', CLIENT],
    ['Accept-Encoding', 'gzip'],
  ];
  const passedOn = without(client.headers, own).filter(
    ([name]) => !HOP_BY_HOP.test(name),
  );
  return {
    method: 'GET',
    path: address.slice(PORTAL.length),
    headers: [...passedOn, ...own],
  };
}

/** Imitates the documentation: the client's method, path and query after the prefix, and the allowed headers. */
function asEnvoyAsks(client: Client) {
  const allowed: string[] = envoy.allowed_headers.patterns.map(
    ({ exact }: { exact: string }) => exact,
  );
  const forged = client.headers.filter(([name]) =>
    /^x-forwarded-for$/i.test(name),
  );
  const forwardedFor = [...forged.map(([, value]) => value), CLIENT, ENVOY];
  return {
    method: client.method,
    path: envoy.http_service.path_prefix + client.path,
    headers: [
      ...client.headers.filter(
        ([name]) =>
          allowed.includes(name.toLowerCase()) && !/forwarded/i.test(name),
      ),
      ['X-Forwarded-For', forwardedFor.join(',')],
      ['Content-Length', '0'],
      ['X-Envoy-Internal', 'true'],
      ['X-Request-Id', 'a'],
    ] as SentHeaders,
  };
}

function without(headers: SentHeaders, own: SentHeaders): SentHeaders {
  const names = own.map(([name]) => name.toLowerCase());
  return headers.filter(([name]) => !names.includes(name.toLowerCase()));
}

describe.each([
  ['Traefik', asTraefikAsks, /^20[04]$/],
  // Envoy lets only a 200 pass.
  ['Envoy', asEnvoyAsks, /^200$/],
])('a request from %s', (_, asAsked, pass) => {
  let portal: TestPortal;
  let key: ApiKey;
  let secret: string;

  beforeAll(async () => {
    portal = await startTestPortal({
      port: await freePort(),
      backend: { trustProxy: ['127.0.0.1', ENVOY] },
      apiKeys: {
        scopes: {
          offered: [{ name: 'orders.read' }, { name: 'orders.write' }],
        },
      },
    });
    ({ key, secret } = await portal.createKey('ada', {
      accessRestrictions: [],
      scopes: ['orders.read'],
      allowedIps: [CLIENT],
    }));
  });

  afterAll(() => portal.stop());

  const ask = (client: Partial<Client>) =>
    send(
      portal.url.replace('localhost', '127.0.0.1'),
      asAsked({ method: 'GET', path: '/', headers: [], ...client }),
    );
  const bearer = (token: string): SentHeaders => [
    ['Authorization', `Bearer ${token}`],
  ];

  it.each([
    ['GET', '/'],
    ['GET', '/orders/1?page=2'],
    ['POST', '/orders?scope=orders.write'],
    ['DELETE', '/scopes/orders.write'],
    ['OPTIONS', '/%zz?%zz'],
    ['PUT', '/../../unscoped'],
    ['PATCH', `/${'x'.repeat(4000)}`],
  ])('returns the key for %s %s', async (method, path) => {
    const answer = await ask({ method, path, headers: bearer(secret) });
    expect(String(answer.status)).toMatch(pass);
    expect(keyHeadersOf(answer)).toMatchObject({
      id: key.id,
      scopes: 'orders.read',
    });
    expect(answer.text).toBe('');
  });

  it('succeeds for any framing of the client request, whose body stays behind', async () => {
    const headers: SentHeaders = [
      ...bearer(secret),
      ['Content-Type', 'application/json'],
      ['Expect', '100-continue'],
      ['Transfer-Encoding', 'chunked'],
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ];
    for (const method of ['POST', 'GET']) {
      expect(String((await ask({ method, headers })).status)).toMatch(pass);
    }
  });

  it('returns a 401 and empty headers without a key', async () => {
    const answer = await ask({
      headers: [['X-Api-Key-Subject', 'user:default/forged']],
    });
    expect(answer.status).toBe(401);
    expect(keyHeadersOf(answer)).toEqual(NO_KEY);
  });

  it('is checked against the real address of the client', async () => {
    const other = await portal.createKey('ada', {
      scopes: ['orders.read'],
      allowedIps: ['192.0.2.7'],
    });
    const headers: SentHeaders = [
      ...bearer(other.secret),
      ['X-Forwarded-For', '192.0.2.7'],
    ];
    expect((await ask({ headers })).status).toBe(403);
  });

  it('is denied for a key without the scope, even if the client sends another one', async () => {
    const other = await portal.createKey('ada', { scopes: ['orders.write'] });
    for (const path of [
      '/?scope=orders.write',
      '/scopes/orders.write',
      '/../orders.write',
    ]) {
      const answer = await ask({ path, headers: bearer(other.secret) });
      expect(answer.status).toBe(403);
    }
  });
});

it('Traefik and Envoy forward only headers of the portal, and never the key', () => {
  const names = ['id', 'subject', 'owner', 'scopes'].map(
    name => `x-api-key-${name}`,
  );
  const { authResponseHeaders } = traefik['api-key'].forwardAuth;
  expect(authResponseHeaders.map((name: string) => name.toLowerCase())).toEqual(
    names,
  );
  expect(traefik['without-key'].headers.customRequestHeaders).toEqual({
    Authorization: '',
    'X-API-Key': '',
  });
  const text = JSON.stringify(yaml);
  for (const name of names) expect(text).toContain(`{"remove":"${name}"}`);
  expect(envoy.failure_mode_allow).toBe(false);
  const manager = yaml.find(({ use_remote_address: it }) => it);
  expect(manager.route_config.request_headers_to_remove).toEqual([
    'authorization',
    'x-api-key',
  ]);
});
