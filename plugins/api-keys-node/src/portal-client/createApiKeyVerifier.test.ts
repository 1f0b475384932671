import { once } from 'node:events';
import { createServer } from 'node:http';
import { inspect } from 'node:util';
import { generateSecret } from '../secret/format';
import { ACTIVE, json, startPortal } from './__testUtils__/startPortal';
import { createApiKeyVerifier, PortalVerifierOptions } from './index';
import { VerificationUnavailableError } from './VerificationUnavailableError';

const SECRET = generateSecret('bsk');
const CREDENTIAL = generateSecret('bsk');
const KEY = {
  id: 'key-1',
  owner: 'user:default/ada',
  subject: 'user:default/ada',
  scopes: ['orders:read', 'orders:write'],
  restricted: false,
};

describe('a verifier', () => {
  let portal: Awaited<ReturnType<typeof startPortal>>;
  beforeEach(async () => {
    portal = await startPortal();
  });
  afterEach(() => portal.stop());

  const make = (options: Partial<PortalVerifierOptions> = {}) =>
    createApiKeyVerifier({
      introspectionUrl: portal.url,
      credential: CREDENTIAL,
      ...options,
    });

  async function failureOf(
    verifier = make(),
  ): Promise<VerificationUnavailableError> {
    const error = await verifier.verify(SECRET).catch(e => e);
    expect(error).toBeInstanceOf(VerificationUnavailableError);
    for (const secret of [SECRET, CREDENTIAL]) {
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(
        secret,
      );
    }
    return error;
  }

  it('sends the request of RFC 7662', async () => {
    await make().verify(SECRET, { clientIp: '192.0.2.7' });
    expect(portal.asked).toEqual([
      {
        method: 'POST',
        path: '/api/api-keys/v1/introspect',
        headers: expect.objectContaining({
          accept: 'application/json',
          authorization: `Bearer ${CREDENTIAL}`,
          'content-type': expect.stringMatching(
            /^application\/x-www-form-urlencoded\b/,
          ),
        }),
        form: { token: SECRET, client_ip: '192.0.2.7' },
      },
    ]);
  });

  it('returns the key', async () => {
    expect(await make().verify(SECRET)).toEqual({ active: true, key: KEY });

    const { scope, ...bare } = ACTIVE;
    portal.answer = json({ ...bare, exp: 4_000_000_000 });
    expect(await make().verify(SECRET)).toEqual({
      active: true,
      key: { ...KEY, scopes: [], expiresAt: new Date(4_000_000_000_000) },
    });
  });

  it('reports a key that is not accepted, without any details', async () => {
    portal.answer = json({ active: false, client_id: 'key-1' });
    expect(await make().verify(SECRET)).toEqual({ active: false });
  });

  it('returns a shared answer that callers cannot change', async () => {
    const verifier = make();
    const answer = await verifier.verify(SECRET);
    expect(await verifier.verify(SECRET)).toBe(answer);
    if (!answer.active) throw new Error('The key is not accepted');
    for (const part of [answer, answer.key, answer.key.scopes]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });

  it.each<[string[], boolean]>([
    [[], true],
    [['orders:read'], true],
    [['orders:read', 'orders:write'], true],
    [['orders'], false],
    [['orders:read', 'orders:delete'], false],
  ])('takes a key with the scopes %j: %s', async (scopes, active) => {
    expect(await make().verify(SECRET, { scopes })).toMatchObject({ active });
  });

  it.each<[string[] | undefined, boolean]>([
    [undefined, true],
    [[], false],
    [['orders:read'], true],
    [['orders:delete'], false],
  ])(
    'takes a restricted key with the scopes %j: %s',
    async (scopes, active) => {
      portal.answer = json({ ...ACTIVE, restricted: true });
      expect(await make().verify(SECRET, { scopes })).toMatchObject({ active });
    },
  );

  it.each([
    ['mistyped', `${SECRET.slice(0, -1)}${SECRET.endsWith('0') ? '1' : '0'}`],
    ['cut off', SECRET.slice(0, -1)],
    ['of another make', `ghp_${'a1B2'.repeat(9)}`],
    ['empty', ''],
  ])('asks nobody about a secret that is %s', async (_, secret) => {
    expect(await make().verify(secret)).toEqual({ active: false });
    expect(portal.asked).toEqual([]);
  });

  it('asks about secrets of every prefix', async () => {
    expect(await make().verify(generateSecret('acme2'))).toMatchObject({
      active: true,
    });
  });

  it('sends one request for a burst of requests with one key', async () => {
    const verifier = make();
    const burst = Array.from({ length: 100 }, () => verifier.verify(SECRET));
    for (const answer of await Promise.all(burst)) {
      expect(answer).toEqual({ active: true, key: KEY });
    }
    expect(portal.asked).toHaveLength(1);
  });

  it('sends a request for each address that presents a key', async () => {
    const verifier = make();
    for (const clientIp of ['192.0.2.7', '192.0.2.8', undefined]) {
      await verifier.verify(SECRET, { clientIp });
      await verifier.verify(SECRET, { clientIp });
    }
    expect(portal.asked.map(({ form }) => form.client_ip)).toEqual([
      '192.0.2.7',
      '192.0.2.8',
      undefined,
    ]);
  });

  it.each([
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['192.0.2.7:4711', '192.0.2.7'],
    ['[2001:DB8::1]:4711', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['unknown', undefined],
    ['192.0.2.7, 192.0.2.8', undefined],
  ])('asks about a key from %j as from %j', async (clientIp, asked) => {
    await make().verify(SECRET, { clientIp });
    expect(portal.asked[0].form.client_ip).toBe(asked);
  });

  describe('is unavailable, and asks again, when the portal', () => {
    const whole = JSON.stringify(ACTIVE);
    it.each<[string, typeof portal.answer, RegExp]>([
      ['does not let it in', json({}, 401), /credential of this service.*401/],
      ['does not let it ask', json({}, 403), /403.*api-keys\.introspect/],
      ['says that no key is right, by a 400', json({}, 400), /answers 400$/],
      ['is broken', json({ active: false }, 500), /answers 500$/],
      ['answers with another page', res => res.end('<html>'), /RFC 7662/],
      ['answers with nothing', res => res.end(), /RFC 7662/],
      ['answers with no object', json(null), /RFC 7662/],
      ['says neither', json({ ...ACTIVE, active: 'true' }), /RFC 7662/],
      ['names no key', json({ ...ACTIVE, client_id: '' }), /RFC 7662/],
      ['names no owner', json({ ...ACTIVE, owner: null }), /RFC 7662/],
      ['names no subject', json({ ...ACTIVE, sub: 7 }), /RFC 7662/],
      ['lists scopes', json({ ...ACTIVE, scope: ['a'] }), /RFC 7662/],
      ['writes the expiry', json({ ...ACTIVE, exp: '2030' }), /RFC 7662/],
      [
        'does not stop',
        res => res.end(`${whole}${' '.repeat(65_536)}`),
        /could not be asked/,
      ],
      [
        'stops in the middle',
        res => {
          res.writeHead(200, { 'Content-Length': String(whole.length) });
          res.write(whole.slice(0, 20), () => res.destroy());
        },
        /could not be asked/,
      ],
      ['hangs up', res => res.destroy(), /could not be asked/],
    ])('%s', async (_, answer, message) => {
      const verifier = make();
      portal.answer = answer;
      const error = await failureOf(verifier);
      expect(error.message).toMatch(message);
      expect(error.message).toContain(portal.url);
      expect(error.retryAfter).toBe(5);

      portal.answer = json(ACTIVE);
      expect(await verifier.verify(SECRET)).toMatchObject({ active: true });
    });

    it('is not there', async () => {
      await portal.stop();
      expect((await failureOf()).message).toMatch(/could not be asked/);
    });

    it.each<[string, typeof portal.answer]>([
      ['does not answer in time', () => {}],
      ['does not end in time', res => res.write('{"active":')],
    ])('%s', async (_, answer) => {
      portal.answer = answer;
      const error = await failureOf(make({ timeout: 100 }));
      expect(error.message).toMatch(/did not answer within 100 ms$/);
    });

    it('redirects, which it does not follow', async () => {
      let visits = 0;
      const elsewhere = createServer((_, res) => {
        visits += 1;
        json(ACTIVE)(res, portal.asked[0]);
      }).listen(0, '127.0.0.1');
      await once(elsewhere, 'listening');
      const address = elsewhere.address();
      const port = address instanceof Object && address.port;
      for (const status of [301, 302, 307, 308]) {
        portal.answer = json({}, status, {
          Location: `http://127.0.0.1:${port}/`,
        });
        expect((await failureOf()).message).toMatch(`answers ${status}`);
      }
      expect(visits).toBe(0);
      elsewhere.close();
    });
  });

  it.each<[string, () => string, number, number]>([
    ['in seconds', () => '17', 17, 17],
    ['as a date', () => new Date(Date.now() + 60_000).toUTCString(), 30, 60],
    ['that has passed', () => new Date(0).toUTCString(), 1, 1],
    ['for ever', () => '9'.repeat(400), 3600, 3600],
    ['in words', () => 'later', 5, 5],
  ])('says when to try again: %s', async (_, header, min, max) => {
    for (const status of [429, 503]) {
      portal.answer = json({}, status, { 'Retry-After': header() });
      const { retryAfter } = await failureOf();
      expect(retryAfter).toBeGreaterThanOrEqual(min);
      expect(retryAfter).toBeLessThanOrEqual(max);
    }
  });

  describe('asks with a credential', () => {
    it('that is rotated', async () => {
      const tokens = ['first', 'second'];
      const verifier = make({
        credential: async () => `${tokens.shift()}\n`,
        maxStaleness: 0,
      });
      await verifier.verify(SECRET);
      await verifier.verify(SECRET);
      expect(portal.asked.map(({ headers }) => headers.authorization)).toEqual([
        'Bearer first',
        'Bearer second',
      ]);
    });

    it.each<[string, () => string | Promise<string>, RegExp]>([
      ['is missing', () => undefined as unknown as string, /no credential/],
      ['is empty', () => ' \n', /no credential/],
      ['cannot be sent', () => `${CREDENTIAL}\n${CREDENTIAL}`, /no credential/],
      [
        'cannot be had',
        () => Promise.reject(new Error('vault')),
        /could not be asked/,
      ],
      ['does not come', () => new Promise(() => {}), /within 100 ms/],
    ])('and is unavailable when it %s', async (_, credential, message) => {
      const error = await failureOf(make({ credential, timeout: 100 }));
      expect(error.message).toMatch(message);
      expect(portal.asked).toEqual([]);
    });
  });
});

describe('the options of a verifier', () => {
  const HTTPS = 'https://backstage.example.com/introspect';
  const make = (options: Partial<PortalVerifierOptions>) => () =>
    createApiKeyVerifier({
      introspectionUrl: HTTPS,
      credential: CREDENTIAL,
      ...options,
    });

  it.each<[Partial<PortalVerifierOptions>, string]>([
    [{ introspectionUrl: 'backstage' }, 'introspectionUrl is backstage, and'],
    [{ introspectionUrl: 'http://backstage.example.com' }, 'must be an https:'],
    [{ introspectionUrl: 'http://127.example.com' }, 'must be an https:'],
    [{ introspectionUrl: 'http://a.localhost' }, 'must be an https:'],
    [{ introspectionUrl: 'file:///etc', allowInsecure: true }, 'must be an'],
    [{ introspectionUrl: 'https://a:b@example.com' }, 'must not have a user'],
    [{ credential: '' }, 'credential is missing'],
    [{ maxStaleness: -1 }, 'maxStaleness is -1, and must be a whole number'],
    [{ maxStaleness: Infinity }, 'maxStaleness is Infinity'],
    [{ maxStaleness: NaN }, 'maxStaleness is NaN'],
    [{ timeout: 0 }, 'timeout is 0, and must be a whole number from 1'],
    [{ maxEntries: 0 }, 'maxEntries is 0'],
  ])('%j are refused', (options, message) => {
    expect(make(options)).toThrow(message);
    expect(make(options)).not.toThrow('a:b');
  });

  it.each<Partial<PortalVerifierOptions>>([
    {},
    { introspectionUrl: new URL(HTTPS) },
    { introspectionUrl: 'http://localhost:7007/introspect' },
    { introspectionUrl: 'http://127.0.0.2:7007/introspect' },
    { introspectionUrl: 'http://[::1]:7007/introspect' },
    { introspectionUrl: 'http://backstage:7007', allowInsecure: true },
    { maxStaleness: 0 },
  ])('%j are accepted', options => {
    expect(make(options)).not.toThrow();
  });
});
