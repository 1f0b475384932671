import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import request from 'supertest';
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
import { DefaultApiKeyVerifier } from '../verification/DefaultApiKeyVerifier';

const EXCHANGE = '/api/auth/api-key/refresh';
const QUESTIONS = '/internal/v1/verification';

const verify = jest.spyOn(DefaultApiKeyVerifier.prototype, 'verify');
const use = jest.spyOn(DefaultApiKeyVerifier.prototype, 'use');
const fetched = jest.spyOn(globalThis, 'fetch');

/** The plugins `auth`, `api-keys`, `probe` and `other` run in the portal, `alpha` in a second backend. */
describe('a secret is verified once', () => {
  let portal: TestPortal;
  let remotePort: number;
  let stopRemote: () => Promise<void>;
  let secret: string;

  beforeAll(async () => {
    const mainPort = await freePort();
    remotePort = await freePort();
    portal = await startTestPortal({
      port: mainPort,
      config: endpoints(remotePort, ['alpha']),
    });
    const { stop } = await startRemotePlugins({
      port: remotePort,
      mainPort,
      features: [...apiKeyServiceFactories, probePlugin('alpha')],
    });
    stopRemote = stop;
  });

  beforeEach(async () => {
    ({ secret } = await portal.createKey('ada'));
    jest.clearAllMocks();
  });

  afterAll(async () => {
    await stopRemote();
    await portal.stop();
  });

  const look = (plugin: 'probe' | 'other') =>
    portal.call('get', `/api/${plugin}/whoami`, secret).expect(200);
  const lookRemote = () =>
    request(`http://localhost:${remotePort}`)
      .get('/api/alpha/whoami')
      .set('Authorization', `Bearer ${secret}`);

  /** Returns the calls between backends whose URL ends like this. */
  const callsTo = (end: string) =>
    fetched.mock.calls.filter(([url]) => String(url).endsWith(end));

  it('in its first request', async () => {
    await look('probe');
    expect(verify).toHaveBeenCalledTimes(1);
    expect(use).toHaveBeenCalledTimes(1);
  });

  it('in its first request to a second plugin', async () => {
    await look('probe');
    jest.clearAllMocks();
    await look('other');
    expect(verify).toHaveBeenCalledTimes(1);
    expect(use).toHaveBeenCalledTimes(1);
  });

  it('in every later request', async () => {
    await look('probe');
    for (let i = 0; i < 3; i++) {
      jest.clearAllMocks();
      await look('probe');
      expect(verify).toHaveBeenCalledTimes(1);
      expect(use).toHaveBeenCalledTimes(1);
    }
  });

  it('in a request whose plugin authenticates repeatedly', async () => {
    await portal.call('get', '/api/probe/hop/other/whoami', secret).expect(200);
    expect(verify).toHaveBeenCalledTimes(1);
    expect(use).toHaveBeenCalledTimes(1);
  });

  it('in its first request to another backend, too', async () => {
    await lookRemote().expect(200);
    expect(verify).toHaveBeenCalledTimes(1);
  });

  it('and is exchanged within the process in which the auth plugin runs', async () => {
    await look('probe');
    expect(callsTo(EXCHANGE)).toEqual([]);
    expect(JSON.stringify(fetched.mock.calls)).not.toContain(secret);
  });

  it('and is sent only to the plugin that verifies it', async () => {
    await lookRemote().expect(200);
    const exchanges = callsTo(EXCHANGE);
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0][1]?.headers).toMatchObject({
      'x-api-key-proof': expect.stringMatching(/^[\w-]+\.\d+\.[\w-]{43}$/),
    });
    const elsewhere = fetched.mock.calls.filter(
      ([url]) => !String(url).endsWith(QUESTIONS),
    );
    expect(JSON.stringify(elsewhere)).not.toContain(secret);
  });

  describe('and if the exchange fails', () => {
    const answers = async () => {
      const local = await portal.call('get', '/api/probe/whoami', secret);
      const remote = await lookRemote();
      return [local, remote].map(({ status, body, headers }) => ({
        status,
        error: body.error,
        retryAfter: headers['retry-after'],
        challenge: headers['www-authenticate'],
      }));
    };

    afterEach(() => jest.restoreAllMocks());

    it.each<[string, () => void, number]>([
      [
        'its owner is not in the catalog',
        () => {
          jest
            .spyOn(portal.catalog, 'getEntityByRef')
            .mockResolvedValue(undefined);
        },
        401,
      ],
      [
        'the catalog is away',
        () => {
          jest
            .spyOn(portal.catalog, 'getEntityByRef')
            .mockRejectedValue(new Error('away'));
        },
        503,
      ],
      [
        'the key ends in the meantime',
        () => {
          jest
            .spyOn(DefaultApiKeyVerifier.prototype, 'verifyOwned')
            .mockResolvedValue({ accepted: false, reason: 'It was revoked' });
        },
        401,
      ],
      [
        'the key cannot be judged any more',
        () => {
          jest
            .spyOn(DefaultApiKeyVerifier.prototype, 'verifyOwned')
            .mockRejectedValue(new Error('away'));
        },
        503,
      ],
    ])(
      'the response equals that of an exchange over HTTP: %s',
      async (_, fail, status) => {
        fail();
        const [local, remote] = await answers();
        expect(local.status).toBe(status);
        expect(local).toEqual(remote);
      },
    );
  });
});
