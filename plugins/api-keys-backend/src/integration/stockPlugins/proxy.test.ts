import proxyPlugin from '@backstage/plugin-proxy-backend';
import {
  EchoUpstream,
  startEchoUpstream,
} from '../../__testUtils__/echoUpstream';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const ALLOWED_HEADERS = ['Authorization', 'X-Api-Key', 'Cookie', 'Referer'];

describe('an upstream of the proxy plugin', () => {
  let portal: TestPortal;
  let upstream: EchoUpstream;
  let secret: string;
  let keyId: string;

  beforeAll(async () => {
    upstream = await startEchoUpstream();
    const target = upstream.url;
    const allowedHeaders = ALLOWED_HEADERS;
    portal = await startTestPortal({
      features: [proxyPlugin],
      config: {
        proxy: {
          endpoints: {
            '/forward': { target, credentials: 'forward', allowedHeaders },
            '/require': { target, credentials: 'require', allowedHeaders },
            '/open': {
              target,
              credentials: 'dangerously-allow-unauthenticated',
              allowedHeaders,
            },
          },
        },
      },
    });
    const created = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'proxy' }],
    });
    secret = created.secret;
    keyId = created.key.id;
  });

  afterAll(async () => {
    await portal.stop();
    upstream.stop();
  });

  const PLACES: [string, () => [string, string]][] = [
    ['a bearer token', () => ['Authorization', `Bearer ${secret}`]],
    ['a password', () => ['Authorization', `Basic ${btoa(`x:${secret}`)}`]],
    ['a header', () => ['X-Api-Key', secret]],
  ];

  it.each(
    ['forward', 'require', 'open'].flatMap(endpoint =>
      PLACES.map(([place, header]) => [endpoint, place, header] as const),
    ),
  )(
    'receives the user token of a key and not the key (%s, %s)',
    async (endpoint, _, header) => {
      const { body } = await portal
        .call('get', `/api/proxy/${endpoint}/x`)
        .set(...header())
        .expect(200);
      expect(JSON.stringify(body)).not.toContain(secret);
      expect(JSON.stringify(body)).not.toContain(btoa(`x:${secret}`));
      // The proxy of the endpoint `require` does not forward the credentials that it requires.
      const isPassedOn = body.headers.authorization !== undefined;
      expect(isPassedOn).toBe(true);
      expect(body.headers['x-api-key']).toBeUndefined();
    },
  );

  it('has no more access with that token than the key, and none once the key is revoked', async () => {
    const { body } = await portal
      .call('get', '/api/proxy/forward/x', secret)
      .expect(200);
    const [, token] = body.headers.authorization.split(' ');
    const call = (path: string) => portal.call('get', path, token);
    await call('/api/proxy/forward/x').expect(200);
    await call('/api/probe/whoami').expect(403);
    const session = await portal.signIn('ada');
    const uses = async () =>
      (await portal.call('get', `/api/api-keys/v1/keys/${keyId}`, session)).body
        .useCount;
    expect(await uses()).toBeGreaterThanOrEqual(1);

    // Routes on which a key manages itself need the key, not its token.
    for (const [method, path] of [
      ['get', '/v1/self'],
      ['post', '/v1/self/rotate'],
      ['delete', '/v1/self'],
    ] as const) {
      const { status } = await portal
        .call(method, `/api/api-keys${path}`, token)
        .send(method === 'post' ? {} : undefined);
      expect([path, status]).toEqual([path, 403]);
    }

    await portal
      .call('delete', `/api/api-keys/v1/keys/${keyId}`, session)
      .expect(204);
    await call('/api/proxy/forward/x').expect(401);
  });
});
