import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import request from 'supertest';
import { eventually } from '../__testUtils__/eventually';
import { probePlugin } from '../__testUtils__/probePlugin';
import {
  endpoints,
  startRemotePlugins,
} from '../__testUtils__/startRemotePlugins';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const ADA = 'user:default/ada';

/**
 * The plugins `auth`, `api-keys`, `permission`, `probe` and `other` run in the portal, `alpha` and `beta` in a second
 * backend with API keys, `stock` in a third one without them.
 */
describe('an installation of several backends', () => {
  let portal: TestPortal;
  let remotePort: number;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    const mainPort = await freePort();
    remotePort = await freePort();
    const stockPort = await freePort();
    const { discovery: remote } = endpoints(remotePort, ['alpha', 'beta']);
    const { discovery: stock } = endpoints(stockPort, ['stock']);
    portal = await startTestPortal({
      port: mainPort,
      apiKeys: { lastUsed: { resolution: '1 second' } },
      config: {
        discovery: { endpoints: [...remote.endpoints, ...stock.endpoints] },
      },
    });
    const backends = await Promise.all([
      startRemotePlugins({
        port: remotePort,
        mainPort,
        features: [
          ...apiKeyServiceFactories,
          probePlugin('alpha'),
          probePlugin('beta'),
        ],
      }),
      startRemotePlugins({
        port: stockPort,
        mainPort,
        features: [probePlugin('stock')],
      }),
    ]);
    stops.push(...backends.map(({ stop }) => stop));
  });

  afterAll(async () => {
    await Promise.all(stops.map(stop => stop()));
    await portal.stop();
  });

  afterEach(() => {
    portal.policy.current = () => undefined;
  });

  const keyFor = (...accessRestrictions: ApiKeyAccessRestriction[]) =>
    portal.createKey('ada', {
      ...(accessRestrictions.length > 0 && { accessRestrictions }),
    });
  /** Calls a plugin of the second backend. */
  const callRemote = (path: string, secret: string) =>
    request(`http://localhost:${remotePort}`)
      .get(`/api/${path}`)
      .set('Authorization', `Bearer ${secret}`);
  const callMain = (path: string, secret: string) =>
    portal.call('get', `/api/${path}`, secret);

  describe('for a key without restrictions', () => {
    it('accepts it in both directions', async () => {
      const { secret } = await keyFor();
      const { body } = await callRemote('alpha/whoami', secret).expect(200);
      expect(body.principal.userEntityRef).toBe(ADA);
      expect(body.info.ownershipEntityRefs).toContain('group:default/team-a');
      await callRemote('alpha/hop/other/whoami', secret).expect(200);
      await callMain('probe/hop/alpha/whoami', secret).expect(200);
      await callMain('probe/hop/alpha/hop/other/whoami', secret).expect(200);
    });

    it('accepts it also in a backend without API keys', async () => {
      const { secret } = await keyFor();
      await callMain('probe/hop/stock/whoami', secret).expect(200);
    });

    it('counts its uses', async () => {
      const { key, secret } = await keyFor();
      await callRemote('alpha/whoami', secret)
        .set('User-Agent', 'curl/8')
        .expect(200);
      const token = await portal.signIn('ada');
      await eventually(async () => {
        const { body } = await callMain(`api-keys/v1/keys/${key.id}`, token);
        expect(body).toMatchObject({
          useCount: 1,
          lastUsedUserAgent: 'curl/8',
        });
      });
    });

    it('reports why it is not accepted', async () => {
      const { key, secret } = await keyFor();
      await callRemote('alpha/whoami', secret).expect(200);
      await portal
        .call(
          'delete',
          `/api/api-keys/v1/keys/${key.id}`,
          await portal.signIn('ada'),
        )
        .expect(204);
      await eventually(async () => {
        const { body } = await callRemote('alpha/whoami', secret).expect(401);
        expect(body.error.message).toMatch(/^The API key was revoked on /);
      });
    });
  });

  describe('for a restricted key', () => {
    it('accepts it where it is for, and nowhere else', async () => {
      const { secret } = await keyFor({ plugin: 'alpha' });
      await callRemote('alpha/whoami', secret).expect(200);
      const { headers } = await callRemote('beta/whoami', secret).expect(403);
      expect(headers['www-authenticate']).toContain('insufficient_scope');
      await callMain('probe/whoami', secret).expect(403);
    });

    it.each([
      ['alpha/hop/other/whoami', 'the first backend, from the second'],
      ['alpha/hop/beta/whoami', 'the same backend'],
      ['alpha/hop/probe/hop/other/whoami', 'there and on'],
    ])('denies it on the way: %s (%s)', async path => {
      const { secret } = await keyFor({ plugin: 'alpha' }, { plugin: 'probe' });
      await callRemote(path, secret).expect(403);
    });

    it('denies it over two hops and back into a backend that has not seen the key', async () => {
      const { secret } = await keyFor({ plugin: 'probe' }, { plugin: 'alpha' });
      await callMain('probe/hop/alpha/whoami', secret).expect(200);
      await callMain('probe/hop/alpha/hop/beta/whoami', secret).expect(403);
      await callMain('probe/hop/alpha/hop/probe/whoami', secret).expect(200);
      await callMain('probe/hop/alpha/hop/other/whoami', secret).expect(403);
    });

    it('grants its permissions, also after a hop', async () => {
      const { key, secret } = await keyFor(
        { plugin: 'probe' },
        { plugin: 'alpha', permission: ['alpha.own'] },
      );
      const ask = '/ask?permission=alpha.own,alpha.b';
      const direct = await callRemote(`alpha${ask}`, secret).expect(200);
      expect(direct.body).toMatchObject([
        { result: 'ALLOW' },
        { result: 'DENY' },
      ]);
      const hopped = await callMain('probe/hop/alpha/allowed', secret).expect(
        403,
      );
      expect(hopped.body.error.message).toContain(
        `not for 'probe.look', which this route asks for`,
      );

      const check = async (permission: string) => {
        const { body } = await portal
          .call(
            'post',
            `/api/api-keys/v1/keys/${key.id}/check`,
            await portal.signIn('ada'),
          )
          .send({ plugin: 'alpha', permission })
          .expect(200);
        return body;
      };
      expect(await check('alpha.own')).toMatchObject({ allowed: true });
      expect(await check('probe.a')).toMatchObject({ rule: 'restriction' });
    });

    it('denies it in a backend without API keys', async () => {
      const { secret } = await keyFor({ plugin: 'probe' }, { plugin: 'stock' });
      const { body } = await callMain('probe/hop/stock/whoami', secret).expect(
        401,
      );
      expect(body.error.name).toBe('AuthenticationError');
    });
  });

  /** Calls `answer` before each request of a backend for data about keys; an error fails the request. */
  const watchQuestions = (answer: () => void) => {
    const original = globalThis.fetch;
    return jest.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
      if (String(url).endsWith('/internal/v1/verification')) answer();
      return original(url, init);
    });
  };

  it('does not request data about a key in use on every request', async () => {
    const { secret } = await keyFor();
    await callRemote('alpha/whoami', secret).expect(200);
    let questions = 0;
    const watched = watchQuestions(() => {
      questions += 1;
    });
    for (let i = 0; i < 100; i++) {
      await callRemote('alpha/whoami', secret).expect(200);
    }
    watched.mockRestore();
    expect(questions).toBeLessThan(50);
  });

  it('does not accept keys for long while the backend that stores them is down', async () => {
    const { secret } = await keyFor();
    await callRemote('alpha/whoami', secret).expect(200);
    const watched = watchQuestions(() => {
      throw new Error('connect ECONNREFUSED');
    });
    await eventually(async () => {
      const { headers } = await callRemote('alpha/whoami', secret).expect(503);
      expect(headers['retry-after']).toBe('5');
    });
    watched.mockRestore();
    await callRemote('alpha/whoami', secret).expect(200);
  });

  describe('requests data about keys', () => {
    const ask = (bearer?: string) =>
      portal
        .call('post', '/api/api-keys/internal/v1/verification', bearer)
        .send({ method: 'verifyById', id: 'x' });

    it('only as a plugin', async () => {
      const { secret } = await keyFor();
      await ask(secret).expect(403);
      await ask(await portal.signIn('ada')).expect(403);
      const onBehalf = await callMain('probe/obo-token/api-keys', secret);
      await ask(onBehalf.body.token).expect(403);
      await ask().expect(401);
      const { body } = await callMain('probe/plugin-token/api-keys', secret);
      const answer = await ask(body.token).expect(200);
      expect(answer.body).toEqual({
        outcome: { accepted: false, reason: 'The API key is unknown' },
        keepFor: 0,
      });
    });

    it('only in this form', async () => {
      const { body } = await portal.call(
        'get',
        '/api/probe/plugin-token/api-keys',
      );
      const answer = await portal
        .call('post', '/api/api-keys/internal/v1/verification', body.token)
        .send({ method: 'constructor', secret: 'bsk_x' })
        .expect(400);
      expect(JSON.stringify(answer.body)).not.toContain('bsk_x');
    });
  });
});
