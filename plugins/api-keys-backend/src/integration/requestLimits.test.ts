import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { openSocket } from '../__testUtils__/openSocket';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const PATH = '/api/probe/whoami';

describe('limits on requests', () => {
  let portal: TestPortal;

  afterEach(() => portal.stop());

  const start = async (limits: {
    requests?: { max: number; per: string };
    failuresPerIp?: { max: number };
  }) => {
    portal = await startTestPortal({
      apiKeys: { limits },
      backend: { trustProxy: true },
      port: await freePort(),
    });
  };
  const from = (ip: string, bearer: string) =>
    portal.call('get', PATH, bearer).set('X-Forwarded-For', ip);

  describe('for a key', () => {
    beforeEach(() => start({ requests: { max: 2, per: '1 hour' } }));

    it('report the remaining requests and when to retry', async () => {
      const { secret } = await portal.createKey('ada');
      const first = await portal.call('get', PATH, secret).expect(200);
      expect(first.headers).toMatchObject({
        'ratelimit-limit': '2',
        'ratelimit-remaining': '1',
        'ratelimit-reset': '3600',
      });
      await portal.call('get', PATH, secret).expect(200);
      const { body, headers } = await portal
        .call('get', PATH, secret)
        .expect(429);
      expect(body.error).toMatchObject({
        name: 'TooManyRequestsError',
        message: 'The API key is used too often, try again later',
      });
      expect(headers).toMatchObject({
        'ratelimit-limit': '2',
        'ratelimit-remaining': '0',
        'cache-control': 'no-store',
      });
      expect(Number(headers['retry-after'])).toBeGreaterThan(3500);
      expect(headers['www-authenticate']).toBeUndefined();
    });

    it('apply across all plugins, and to no other key and no session', async () => {
      const { secret } = await portal.createKey('ada');
      await portal.call('get', PATH, secret).expect(200);
      await portal.call('get', '/api/other/whoami', secret).expect(200);
      await portal.call('get', PATH, secret).expect(429);
      const other = await portal.createKey('ada');
      await portal.call('get', PATH, other.secret).expect(200);
      await portal.call('get', PATH, await portal.signIn('ada')).expect(200);
    });

    it('apply across the rotations of a key: a key that rotates itself gets no new limit', async () => {
      const { secret } = await portal.createKey('ada');
      const { body } = await portal
        .call('post', '/api/api-keys/v1/self/rotate', secret)
        .expect(201);
      await portal.call('get', PATH, body.secret).expect(200);
      await portal.call('get', PATH, body.secret).expect(429);
    });

    it('hold for concurrent requests', async () => {
      const { secret } = await portal.createKey('ada');
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => portal.call('get', PATH, secret)),
      );
      const accepted = answers.filter(({ status }) => status === 200);
      expect(accepted).toHaveLength(2);
    });

    it('count a request once, also if it passes through other plugins', async () => {
      const { secret } = await portal.createKey('ada');
      await portal.call('get', '/api/probe/hop/other/whoami', secret);
      const { headers } = await portal.call('get', PATH, secret).expect(200);
      expect(headers['ratelimit-remaining']).toBe('0');
    });
  });

  describe('for failures from an address', () => {
    beforeEach(() => start({ failuresPerIp: { max: 2 } }));

    const fail = (ip: string, secret = generateSecret('bsk')) =>
      from(ip, secret);

    it('turn a 401 into a 429', async () => {
      await fail('192.0.2.1').expect(401);
      await fail('192.0.2.1', 'bsk_mistyped').expect(401);
      const { headers } = await fail('192.0.2.1').expect(429);
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    });

    it('never block a good key', async () => {
      const { secret } = await portal.createKey('ada');
      await Promise.all(Array.from({ length: 50 }, () => fail('192.0.2.1')));
      await fail('192.0.2.1').expect(429);
      await from('192.0.2.1', secret).expect(200);
    });

    it('count for the address of the client that fails, not for others', async () => {
      for (const _ of '123') await fail('192.0.2.1');
      await fail('192.0.2.1').expect(429);
      await fail('192.0.2.2').expect(401);
    });

    it.each([
      ['mapped IPv4', '192.0.2.7', '::ffff:192.0.2.7'],
      ['the same in hex', '192.0.2.8', '::ffff:c000:208'],
      ['one network of IPv6', '2001:db8::1', '2001:db8::ffff:2'],
      ['the loopback', '127.0.0.1', '::ffff:127.0.0.1'],
      ['ports', '192.0.2.9:4711', '192.0.2.9:4712'],
      ['brackets and ports', '[2001:db8:7::1]:4711', '[2001:db8:7::1]:4712'],
      ['what is no address', 'unknown', 'junk of the next attempt'],
    ])('recognize the client behind %s', async (_, first, second) => {
      await fail(first).expect(401);
      await fail(second).expect(401);
      await fail(first).expect(429);
      await fail(second).expect(429);
    });

    it('count websockets by address too, and accept a good key on them', async () => {
      const { secret } = await portal.createKey('ada');
      await portal.call('get', PATH, secret).expect(200);
      const open = async (token: string, ip: string) => {
        const { status } = await openSocket(`${portal.url}/api/probe/socket`, {
          headers: {
            Authorization: `Bearer ${token}`,
            'X-Forwarded-For': ip,
          },
        });
        return status;
      };
      for (const status of [401, 401, 429]) {
        const unknown = generateSecret('bsk');
        expect(await open(unknown, '192.0.2.1')).toBe(status);
      }
      await fail('192.0.2.1').expect(429);
      await fail('192.0.2.2').expect(401);
      expect(await open(secret, '192.0.2.1')).toBe(404);
    });

    it('do not count a good key where its restrictions deny it', async () => {
      const { secret } = await portal.createKey('ada', {
        accessRestrictions: [{ plugin: 'probe' }],
      });
      for (const _ of '123') {
        await portal.call('get', '/api/other/whoami', secret).expect(403);
      }
    });
  });
});
