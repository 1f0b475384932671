import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { decodeJwt } from 'jose';
import { eventually } from '../__testUtils__/eventually';
import { exchangeAsPlugin } from '../__testUtils__/exchangeAsPlugin';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const INVALID_TOKEN = /^Bearer realm="backstage", error="invalid_token", /;

describe('a request with a key', () => {
  let portal: TestPortal;
  let ada: { key: { id: string }; secret: string };

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: { lastUsed: { resolution: '1 second' } },
      config: {
        auth: {
          providers: { test: {}, 'api-key': {} },
          // Lets users approve log-ins of other clients on routes of the auth plugin.
          experimentalClientIdMetadataDocuments: { enabled: true },
        },
      },
    });
    ada = await portal.createKey('ada');
  });

  afterEach(() => {
    portal.policy.current = () => undefined;
    jest.restoreAllMocks();
  });

  describe('is its owner', () => {
    it('to a plugin that is called through another one', async () => {
      const { status, body } = await portal.call(
        'get',
        '/api/probe/hop/other/whoami',
        ada.secret,
      );
      expect(status).toBe(200);
      expect(body).toMatchObject({
        principal: {
          userEntityRef: 'user:default/ada',
          actor: { subject: 'plugin:probe' },
        },
        info: {
          ownershipEntityRefs: expect.arrayContaining(['group:default/team-a']),
        },
      });
    });

    it.each([
      ['the policy allows Ada', 'user:default/linus', true],
      ['the policy forbids Ada', 'user:default/ada', false],
    ])('to the permission policy: %s', async (_, forbidden, allowed) => {
      portal.policy.current = ({ permission }, user) =>
        permission.name === 'probe.look' &&
        user?.info.userEntityRef === forbidden
          ? { result: AuthorizeResult.DENY }
          : undefined;

      for (const path of [
        '/api/probe/allowed',
        '/api/probe/hop/other/allowed',
      ]) {
        const { body } = await portal.call('get', path, ada.secret).expect(200);
        expect(body).toEqual({ allowed });
      }
    });

    it('to code that authenticates without HTTP, as websockets do', async () => {
      const { body } = await portal
        .call('post', '/api/probe/direct')
        .send({ token: ada.secret })
        .expect(200);
      expect(body.principal.userEntityRef).toBe('user:default/ada');
    });

    it('without an actor, which would disable checks of the permission backend', async () => {
      await portal
        .call('post', '/api/permission/authorize', ada.secret)
        .send({
          items: [
            {
              id: '1',
              permission: {
                type: 'resource',
                name: 'api-keys.key.read',
                attributes: { action: 'read' },
                resourceType: 'api-key',
              },
            },
          ],
        })
        .expect(400);
    });

    it('and no other user, when many keys are used at once', async () => {
      const linus = await portal.createKey('linus');
      const answers = await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          const secret = i % 2 ? ada.secret : linus.secret;
          const { body } = await portal.call(
            'get',
            '/api/probe/whoami',
            secret,
          );
          return body.info.userEntityRef;
        }),
      );
      expect(answers).toEqual(
        answers.map((_, i) =>
          i % 2 ? 'user:default/ada' : 'user:default/linus',
        ),
      );
    });

    it('with one exchange for all concurrent requests', async () => {
      const { secret } = await portal.createKey('ada');
      const lookUps = jest.spyOn(portal.catalog, 'getEntityByRef');
      await Promise.all(
        Array.from({ length: 20 }, () =>
          portal.call('get', '/api/probe/whoami', secret).expect(200),
        ),
      );
      expect(lookUps).toHaveBeenCalledTimes(1);
    });
  });

  it('leaves requests with ordinary user tokens unchanged', async () => {
    const { body } = await portal
      .call('get', '/api/probe/whoami', await portal.signIn('linus'))
      .expect(200);
    expect(body.info.userEntityRef).toBe('user:default/linus');
  });

  describe('is refused with 401', () => {
    let neverIssued: string;
    beforeAll(() => {
      neverIssued = generateSecret('bsk');
    });

    const typo = (secret: string) =>
      secret.slice(0, 10) + (secret[10] === 'a' ? 'b' : 'a') + secret.slice(11);

    it.each<[string, () => string, string]>([
      ['a mistyped secret', () => typo(ada.secret), 'mistyped or cut off'],
      [
        'a cut off secret',
        () => ada.secret.slice(0, 30),
        'mistyped or cut off',
      ],
      ['the prefix alone', () => 'bsk_', 'mistyped or cut off'],
      [
        'a well-formed secret that was never issued',
        () => neverIssued,
        'The API key is unknown',
      ],
    ])('%s', async (_, secret, reason) => {
      const { status, headers, body } = await portal.call(
        'get',
        '/api/probe/whoami',
        secret(),
      );
      expect(status).toBe(401);
      expect(headers['www-authenticate']).toMatch(INVALID_TOKEN);
      expect(headers['www-authenticate']).toContain(reason);
      expect(headers['cache-control']).toBe('no-store');
      expect(body.error).toMatchObject({ name: 'AuthenticationError' });
      expect(JSON.stringify(body)).not.toContain(secret().slice(4) || '\0');
    });

    it.each([undefined, 'Bearer', 'Bearer '])(
      'no credentials at all (%j), with a challenge without an error',
      async authorization => {
        const call = portal.call('get', '/api/probe/whoami');
        if (authorization) call.set('Authorization', authorization);
        const { headers } = await call.expect(401);
        expect(headers['www-authenticate']).toBe('Bearer realm="backstage"');
      },
    );

    it('with headers that prevent caching', async () => {
      const { headers } = await portal
        .call('get', '/api/probe/whoami', generateSecret('bsk'))
        .expect(401);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers).not.toHaveProperty('etag');
    });

    it('credentials of another kind, with the error code but without details about keys', async () => {
      const { headers } = await portal
        .call('get', '/api/probe/whoami', 'something-else')
        .expect(401);
      expect(headers['www-authenticate']).toMatch(INVALID_TOKEN);
    });

    it('an expired key, with the time of its end', async () => {
      const { key, secret } = await portal.createKey('ada', {
        expiresIn: 'PT1S',
      });
      await portal.call('get', '/api/probe/whoami', secret).expect(200);
      await eventually(async () => {
        const { headers } = await portal
          .call('get', '/api/probe/whoami', secret)
          .expect(401);
        expect(headers['www-authenticate']).toContain(
          `The API key expired on ${(key as { expiresAt?: string }).expiresAt}`,
        );
      });
    });

    it('a key whose owner has left the catalog', async () => {
      const { secret } = await portal.createKey('linus');
      jest.spyOn(portal.catalog, 'getEntityByRef').mockResolvedValue(undefined);
      const { headers } = await portal
        .call('get', '/api/probe/whoami', secret)
        .expect(401);
      expect(headers['www-authenticate']).toContain(
        'user:default/linus, who is not in the catalog',
      );
    });

    it('a key in the auth plugin, whose routes issue other credentials', async () => {
      await portal.call('get', '/api/auth/v1/userinfo', ada.secret).expect(401);
    });

    it('a key in a cookie', async () => {
      await portal
        .call('get', '/api/probe/cookie-route')
        .set('Cookie', `backstage-auth=${ada.secret}`)
        .expect(401);
    });
  });

  it('cannot be exchanged for a cookie, which would outlive the key', async () => {
    const path = '/api/probe/.backstage/auth/v1/cookie';
    const refused = await portal.call('get', path, ada.secret);
    expect(refused.status).toBe(403);
    expect(refused.headers['set-cookie']).toBeUndefined();
    await portal.call('get', path, await portal.signIn('ada')).expect(200);
  });

  it('is answered with 503 and Retry-After while the catalog is down, and works again afterwards', async () => {
    const { secret } = await portal.createKey('linus');
    const lookUp = jest
      .spyOn(portal.catalog, 'getEntityByRef')
      .mockRejectedValue(new Error('catalog is down'));

    const { status, headers, body } = await portal.call(
      'get',
      '/api/probe/whoami',
      secret,
    );
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('5');
    expect(headers['www-authenticate']).toBeUndefined();
    expect(body.error.message).not.toContain('catalog');

    lookUp.mockRestore();
    await portal.call('get', '/api/probe/whoami', secret).expect(200);
  });

  it('is counted once, also on routes that authenticate twice', async () => {
    const { key, secret } = await portal.createKey('ada');
    await portal.call('get', '/api/probe/cookie-route', secret).expect(200);
    await eventually(async () => {
      const { body } = await portal.call(
        'get',
        `/api/api-keys/v1/keys/${key.id}`,
        await portal.signIn('ada'),
      );
      expect(body.useCount).toBe(1);
    });
  });

  describe('and the user token behind it', () => {
    let token: string;
    let key: { id: string };

    beforeEach(async () => {
      const created = await portal.createKey('ada');
      key = created.key;
      token = await exchangeAsPlugin(portal, created.secret);
    });

    it('identifies the owner', () => {
      expect(decodeJwt(token).sub).toBe('user:default/ada');
    });

    it('becomes invalid with the key', async () => {
      await portal.call('get', '/api/probe/whoami', token).expect(200);
      await portal
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await portal.signIn('ada'),
        )
        .expect(204);
      await portal.call('get', '/api/probe/whoami', token).expect(401);
    });

    it('cannot approve log-ins of other clients', async () => {
      const { status, body } = await portal.call(
        'post',
        '/api/auth/v1/sessions/any/approve',
        token,
      );
      expect(status).toBe(403);
      expect(body.error_description).toContain('another credential');
    });

    it('can create neither keys nor cookies', async () => {
      await portal
        .call('post', '/api/api-keys/v1/keys', token)
        .send({ name: 'next' })
        .expect(403);
      await portal
        .call('get', '/api/probe/.backstage/auth/v1/cookie', token)
        .expect(403);
    });
  });
});
