import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const APP = 'https://app.example.com';
const PATH = '/api/probe/whoami';
const CORS = { origin: APP, credentials: true };

/** Lists the headers that a script of the app can read, by the rules of browsers. */
const exposedBy = ({ headers }: { headers: Record<string, string> }) =>
  (headers['access-control-expose-headers'] ?? '').split(', ').filter(Boolean);

describe('a script of another origin', () => {
  let portal: TestPortal;

  const start = async (cors: object | undefined) => {
    portal = await startTestPortal({
      port: await freePort(),
      backend: cors && { cors: { ...cors } },
      apiKeys: {
        limits: {
          requests: { max: 3, per: '1 hour' },
          failuresPerIp: { max: 2 },
        },
      },
    });
  };
  const get = (path: string, bearer?: string, origin = APP) =>
    portal.call('get', path, bearer).set('Origin', origin);

  afterEach(() => portal.stop());

  it('can read why a key is rejected and when to retry', async () => {
    await start(CORS);
    const QUOTA = ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'];
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'probe' }],
    });

    const without = await get(PATH).expect(401);
    expect(exposedBy(without)).toEqual(['WWW-Authenticate']);
    const own = await get('/api/api-keys/v1/keys').expect(401);
    expect(exposedBy(own)).toEqual(['WWW-Authenticate']);
    const accepted = await get(PATH, secret).expect(200);
    expect(exposedBy(accepted)).toEqual(QUOTA);
    const restricted = await get('/api/other/whoami', secret).expect(403);
    expect(exposedBy(restricted)).toContain('WWW-Authenticate');

    for (const _ of '123') await get(PATH, secret);
    const often = await get(PATH, secret).expect(429);
    expect(exposedBy(often)).toEqual(['Retry-After', ...QUOTA]);
    const unknown = () => get(PATH, generateSecret('bsk'));
    for (const _ of '12') await unknown().expect(401);
    const failed = await unknown().expect(429);
    expect(exposedBy(failed)).toEqual(['Retry-After', ...QUOTA]);

    const revocation = await portal
      .call('post', '/api/api-keys/v1/revoke')
      .set('Origin', APP)
      .send({ token: 'x' })
      .expect(200);
    expect(exposedBy(revocation)).toEqual(QUOTA);
  });

  it('can also read the headers that Backstage exposes', async () => {
    await start({ ...CORS, exposedHeaders: ['X-Trace', 'www-authenticate'] });
    const { headers } = await get(PATH).expect(401);
    expect(headers['access-control-expose-headers']).toBe(
      'X-Trace,www-authenticate',
    );
    const { secret } = await portal.createKey('ada');
    expect(exposedBy(await get(PATH, secret).expect(200))).toEqual([
      'X-Trace',
      'www-authenticate',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
    ]);
  });

  it('can read nothing if its origin is not allowed', async () => {
    await start(CORS);
    const { headers } = await get(PATH, undefined, 'https://evil.example');
    expect(headers['access-control-allow-origin']).toBeUndefined();
    expect(headers['access-control-expose-headers']).toBeUndefined();
    await portal.stop();
    await start(undefined);
    expect(exposedBy(await get(PATH).expect(401))).toEqual([]);
  });
});
