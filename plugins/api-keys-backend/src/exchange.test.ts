import { startTestPortal, TestPortal } from './__testUtils__/startTestPortal';

const EXCHANGE = '/api/auth/api-key/refresh';
const STATIC_TOKEN = 'a-static-token-from-the-configuration';

describe('the exchange of a key for a user token', () => {
  let portal: TestPortal;
  let secret: string;

  beforeAll(async () => {
    portal = await startTestPortal({
      config: {
        backend: {
          baseUrl: 'http://localhost:0',
          database: { client: 'better-sqlite3', connection: ':memory:' },
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: STATIC_TOKEN, subject: 'plugin:probe' },
              },
            ],
          },
        },
      },
    });
    ({ secret } = await portal.createKey('ada'));
  });

  const exchange = (bearer?: string, key?: string) => {
    const call = portal.call('post', EXCHANGE, bearer);
    return key === undefined ? call : call.set('X-Api-Key', key);
  };
  const pluginToken = async () =>
    (await portal.call('get', '/api/probe/plugin-token/auth')).body.token;

  it('is made for a plugin of the same backend', async () => {
    const { status, headers, body } = await exchange(
      await pluginToken(),
      secret,
    );
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body.backstageIdentity.identity.userEntityRef).toBe(
      'user:default/ada',
    );
  });

  it.each<[string, () => Promise<string | undefined>, number]>([
    ['nobody', async () => undefined, 401],
    ['the key itself', async () => secret, 401],
    ['its owner', () => portal.signIn('ada'), 403],
    ['a service of the company', async () => STATIC_TOKEN, 403],
    ['garbage', async () => 'garbage', 401],
  ])('is not made for %s', async (_, bearer, status) => {
    const response = await exchange(await bearer(), secret);
    expect(response.status).toBe(status);
    expect(response.body.backstageIdentity).toBeUndefined();
    expect(response.text).not.toContain(secret);
  });

  it('needs a key', async () => {
    const { body } = await exchange(await pluginToken()).expect(400);
    expect(body.error.message).toContain('x-api-key');
  });

  it('refuses a key in a form of its own, not to be taken for a refusal of the call', async () => {
    const { key, secret: revoked } = await portal.createKey('ada');
    await portal
      .call(
        'delete',
        `/api/api-keys/v1/keys/${key.id}`,
        await portal.signIn('ada'),
      )
      .expect(204);
    const { status, body } = await exchange(await pluginToken(), revoked);
    expect(status).toBe(403);
    expect(body.error.name).toBe('ApiKeyRefusedError');
  });

  it.each(['/api/auth/api-key/start', '/api/auth/api-key/handler/frame'])(
    'has no %s',
    async path => {
      await portal.call('get', path).expect(501);
    },
  );
});
