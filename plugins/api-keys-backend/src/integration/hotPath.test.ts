import {
  ApiKey,
  ApiKeyAccessRestriction,
} from 'backstage-plugin-api-keys-common';
import request from 'supertest';
import { eventually } from '../__testUtils__/eventually';
import { mirrorPlugin } from '../__testUtils__/mirrorPlugin';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';

/** Functions with which Backstage signs and verifies all tokens. */
const sign = jest.spyOn(crypto.subtle, 'sign');
const verify = jest.spyOn(crypto.subtle, 'verify');

const KEYS = '/api/api-keys/v1/keys';
const LOOK = '/api/probe/whoami';
const ALLOWED = '/api/probe/allowed';
const HOP = '/api/probe/hop/mirror/allow/user';

type Created = { key: ApiKey; secret: string };

describe('a key that is in use', () => {
  let portal: TestPortal;
  let ada: Created;

  beforeAll(async () => {
    portal = await startTestPortal({
      port: await freePort(),
      backend: { trustProxy: 1 },
      apiKeys: { lastUsed: { resolution: '1 second' } },
      features: [mirrorPlugin('mirror')],
    });
    ada = await portal.createKey('ada');
  });

  afterEach(() => {
    portal.policy.current = () => undefined;
  });

  afterAll(() => portal.stop());

  const get = (path: string, bearer: string) =>
    portal.call('get', path, bearer);

  const revoke = async ({ key }: Created) =>
    portal
      .call('delete', `${KEYS}/${key.id}`, await portal.signIn('ada'))
      .expect(204);

  const restrictedTo = (...accessRestrictions: ApiKeyAccessRestriction[]) =>
    portal.createKey('ada', { accessRestrictions });

  /** Returns the token with which the plugin `probe` calls another one. */
  const callToken = async (target: string, { secret }: Created) => {
    const path = `/api/probe/obo-token/${target}`;
    return (await get(path, secret).expect(200)).body.token as string;
  };

  const askPermission = (token: string) =>
    portal.call('post', '/api/permission/authorize', token).send({
      items: [
        {
          id: '1',
          permission: { type: 'basic', name: 'probe.look', attributes: {} },
        },
      ],
    });

  describe('costs', () => {
    /** Measures the minimum over several requests: in between, the backend signs and verifies for unrelated work. */
    const work = async (path: string, bearer: string) => {
      await get(path, bearer).expect(200);
      const counts: number[][] = [];
      for (let i = 0; i < 3; i++) {
        jest.clearAllMocks();
        await get(path, bearer).expect(200);
        counts.push([sign.mock.calls.length, verify.mock.calls.length]);
      }
      const [signed, verified] = [0, 1].map(one =>
        Math.min(...counts.map(count => count[one])),
      );
      return { signed, verified };
    };

    it('no signature', async () => {
      expect(await work(LOOK, ada.secret)).toEqual({ signed: 0, verified: 0 });
    });

    it('no signature in a plugin that is called through another one', async () => {
      expect(await work(HOP, ada.secret)).toEqual({ signed: 0, verified: 0 });
    });

    it('no signature for a permission check', async () => {
      expect(await work(ALLOWED, ada.secret)).toEqual({
        signed: 0,
        verified: 0,
      });
    });

    it('the usual signatures of Backstage for the user token of a session', async () => {
      const token = await portal.signIn('ada');
      expect(await work(LOOK, token)).toEqual({ signed: 0, verified: 1 });
      expect(await work(HOP, token)).toEqual({ signed: 1, verified: 3 });
    });
  });

  it('has credentials that plugins can use but not change', async () => {
    for (const _ of ['first', 'second']) {
      const { body } = await get('/api/mirror', ada.secret).expect(200);
      expect(body).toEqual({
        users: Array(4).fill('user:default/ada'),
        key: ada.key.id,
        isFrozen: true,
      });
    }
  });

  it('keeps its identity among hundreds of concurrent requests', async () => {
    const linus = await portal.createKey('linus');
    const callers = [
      { user: 'ada', bearer: ada.secret, key: ada.key.id },
      { user: 'linus', bearer: linus.secret, key: linus.key.id },
      { user: 'grace', bearer: await portal.signIn('grace') },
    ];
    const requests = Array.from({ length: 300 }, (_, i) => ({
      ...callers[i % 3],
      path: i % 2 ? '/api/mirror' : '/api/probe/hop/mirror/',
    }));
    const answers = await Promise.all(
      requests.map(async ({ path, bearer }) => (await get(path, bearer)).body),
    );
    expect(answers).toEqual(
      requests.map(({ user, key }) =>
        expect.objectContaining({
          users: Array(4).fill(`user:default/${user}`),
          ...(key ? { key } : {}),
        }),
      ),
    );
    const keysOfGrace = answers.filter((_, i) => i % 3 === 2 && answers[i].key);
    expect(keysOfGrace).toEqual([]);
  });

  describe('is denied on the very next request after its revocation', () => {
    let created: Created;

    beforeEach(async () => {
      created = await portal.createKey('ada');
    });

    it.each([LOOK, ALLOWED, HOP])('for %s', async path => {
      for (const _ of ['first', 'second']) {
        await get(path, created.secret).expect(200);
      }
      await revoke(created);
      const { headers } = await get(path, created.secret).expect(401);
      expect(headers['www-authenticate']).toMatch(/error="invalid_token"/);
    });

    it('through a plugin that calls another one on behalf of it', async () => {
      const token = await callToken('mirror', created);
      for (const _ of ['first', 'second']) {
        await get('/api/mirror/allow/user', token).expect(200);
      }
      await revoke(created);
      await get('/api/mirror/allow/user', token).expect(401);
    });

    it('through a plugin that checks a permission', async () => {
      const token = await callToken('permission', created);
      for (const _ of ['first', 'second']) {
        await askPermission(token).expect(200);
      }
      await revoke(created);
      await askPermission(token).expect(401);
    });
  });

  it('has the new owner after a transfer', async () => {
    portal.policy.current = onlyGraceAdministers;
    const { key, secret } = await portal.createKey('ada');
    const user = async (path: string) =>
      (await get(path, secret).expect(200)).body.users[0];
    const TEAM = 'group:default/team-a';
    const paths = ['/api/mirror', '/api/probe/hop/mirror/'];
    for (const path of [...paths, ...paths]) {
      expect(await user(path)).toBe('user:default/ada');
    }
    await portal
      .call(
        'post',
        '/api/api-keys/v1/admin/transfer',
        await portal.signIn('grace'),
      )
      .send({ ids: [key.id], owner: TEAM })
      .expect(200);
    for (const path of [...paths, ...paths]) {
      expect(await user(path)).toBe(TEAM);
    }
  });

  it.each(['service', 'none'])(
    'has the access of a user where only the principal %s is allowed',
    async type => {
      const path = `/api/mirror/allow/${type}`;
      const ofUser = await get(path, await portal.signIn('ada')).expect(403);
      for (const _ of ['first', 'second']) {
        const { body } = await get(path, ada.secret).expect(403);
        expect(body.error).toEqual(ofUser.body.error);
      }
      await get('/api/mirror/allow/user', ada.secret).expect(200);
    },
  );

  describe('has its restrictions enforced', () => {
    it('by plugin, on every request', async () => {
      const { secret } = await restrictedTo(
        { plugin: 'probe' },
        { plugin: 'mirror' },
      );
      for (const _ of ['first', 'second']) {
        await get(LOOK, secret).expect(200);
        await get('/api/probe/hop/mirror/allow/user', secret).expect(200);
        await get('/api/other/whoami', secret).expect(403);
        await get('/api/probe/hop/other/whoami', secret).expect(403);
      }
    });

    it('by permission, on every request', async () => {
      const { secret } = await restrictedTo({
        plugin: 'probe',
        permission: ['probe.a'],
      });
      for (const _ of ['first', 'second']) {
        const path = '/api/probe/ask?permission=probe.a,probe.b';
        const { body } = await get(path, secret).expect(200);
        expect(body).toMatchObject([{ result: 'ALLOW' }, { result: 'DENY' }]);
        await get('/api/probe/.backstage/scheduler/v1/tasks', secret).expect(
          403,
        );
      }
    });

    it('by address, on every request', async () => {
      const { secret } = await portal.createKey('ada', {
        allowedIps: ['192.0.2.0/24'],
      });
      const from = (ip: string) => get(LOOK, secret).set('X-Forwarded-For', ip);
      for (const _ of ['first', 'second']) {
        await from('192.0.2.7').expect(200);
        await from('198.51.100.7').expect(403);
      }
    });

    it('and is the only key of its owner that a called plugin sees', async () => {
      const restricted = await restrictedTo(
        { plugin: 'probe' },
        { plugin: 'other' },
      );
      const tokens = new Set<string>();
      for (const created of [ada, restricted, ada, restricted]) {
        tokens.add(await callToken('other', created));
      }
      expect(tokens.size).toBe(2);
    });
  });

  it('cannot be used by a plugin that captures requests to another one', async () => {
    const token = await callToken('mirror', ada);
    await get('/api/mirror/allow/user', token).expect(200);
    for (const path of ['/api/other/whoami', LOOK]) {
      await get(path, token).expect(401);
    }
    await askPermission(token).expect(401);
  });

  it('is counted once a request', async () => {
    const { key, secret } = await portal.createKey('ada');
    for (const path of [LOOK, '/api/probe/cookie-route', ALLOWED, HOP]) {
      await get(path, secret).expect(200);
    }
    await eventually(async () => {
      const { body } = await get(
        `${KEYS}/${key.id}`,
        await portal.signIn('ada'),
      );
      expect(body.useCount).toBe(4);
    });
  });
});

it('is rate limited on every request, also after many uses', async () => {
  const portal = await startTestPortal({
    apiKeys: { limits: { requests: { max: 3, per: '1 hour' } } },
  });
  try {
    const { secret } = await portal.createKey('ada');
    const look = () =>
      request(portal.url).get(ALLOWED).set('Authorization', `Bearer ${secret}`);
    for (const remaining of ['2', '1', '0']) {
      const { headers } = await look().expect(200);
      expect(headers['ratelimit-remaining']).toBe(remaining);
    }
    await look().expect(429);
  } finally {
    await portal.stop();
  }
});
