import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

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

  it('succeeds for a plugin of the same backend', async () => {
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
  ])('is denied to %s', async (_, bearer, status) => {
    const response = await exchange(await bearer(), secret);
    expect(response.status).toBe(status);
    expect(response.body.backstageIdentity).toBeUndefined();
    expect(response.text).not.toContain(secret);
  });

  describe('with a proof instead of the key', () => {
    const proofOf = async (key: string): Promise<string> => {
      const { body } = await portal.call(
        'get',
        '/api/probe/plugin-token/api-keys',
      );
      const answer = await portal
        .call('post', '/api/api-keys/internal/v1/verification', body.token)
        .send({ method: 'issueProof', secret: key })
        .expect(200);
      return answer.body.proof;
    };
    const redeem = async (proof: string, bearer?: string) =>
      exchange(bearer ?? (await pluginToken())).set('X-Api-Key-Proof', proof);

    it('succeeds for a plugin of the same backend', async () => {
      const { status, headers, body } = await redeem(await proofOf(secret));
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(body.backstageIdentity.identity.userEntityRef).toBe(
        'user:default/ada',
      );
    });

    it('is denied to every other caller', async () => {
      const proof = await proofOf(secret);
      const statuses = [
        (await redeem(proof, await portal.signIn('ada'))).status,
        (await redeem(proof, STATIC_TOKEN)).status,
        (await redeem(proof, secret)).status,
        (await exchange().set('X-Api-Key-Proof', proof)).status,
      ];
      expect(statuses).toEqual([403, 403, 401, 401]);
    });

    it('is denied for another key', async () => {
      const [, ...rest] = (await proofOf(secret)).split('.');
      const { key } = await portal.createKey('grace');
      const { status, body } = await redeem([key.id, ...rest].join('.'));
      expect(status).toBe(401);
      expect(body.backstageIdentity).toBeUndefined();
    });

    it('is denied after the proof has expired', async () => {
      const proof = await proofOf(secret);
      const later = Date.now() + 60_000;
      const now = jest.spyOn(Date, 'now').mockImplementation(() => later);
      const { status, body } = await redeem(proof);
      now.mockRestore();
      expect(status).toBe(401);
      expect(body.error.name).toBe('AuthenticationError');
    });

    it('is denied for a key that has ended since', async () => {
      const { key, secret: revoked } = await portal.createKey('ada');
      const proof = await proofOf(revoked);
      await portal
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await portal.signIn('ada'),
        )
        .expect(204);
      const { status, body } = await redeem(proof);
      expect(status).toBe(403);
      expect(body.error.name).toBe('ApiKeyRefusedError');
    });

    it('issues none for a secret that matches no key', async () => {
      expect(await proofOf(`bsk_${'x'.repeat(49)}`)).toBeUndefined();
    });
  });

  it('requires a key', async () => {
    const { body } = await exchange(await pluginToken()).expect(400);
    expect(body.error.message).toContain('x-api-key');
  });

  it('denies a key with its own status, distinct from a denial of the call', async () => {
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
    'does not expose %s',
    async path => {
      await portal.call('get', path).expect(501);
    },
  );
});
