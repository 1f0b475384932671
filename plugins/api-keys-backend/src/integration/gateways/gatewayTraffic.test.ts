import http from 'node:http';
import net, { AddressInfo } from 'node:net';
import { once } from 'node:events';
import signalsPlugin from '@backstage/plugin-signals-backend';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { send, SentHeaders } from '../../__testUtils__/askAsGateway';
import {
  Gateway,
  GatewayKind,
  Recipe,
  RecordingService,
  startGateway,
  startService,
} from '../../__testUtils__/gateways';
import { isInstalled } from '../../__testUtils__/isInstalled';
import { openUpgrade } from '../../__testUtils__/openUpgrade';
import { openWebSocket } from '../../__testUtils__/openWebSocket';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

/*
 * Sends requests of every shape through the recipes of docs/gateways.md. See gateways.test.ts for access decisions.
 */

const GATEWAY = '127.0.0.1';
const TWO_MEGABYTES = Buffer.alloc(2_000_000, 'x');

const bearer = (secret: string): SentHeaders => [
  ['Authorization', `Bearer ${secret}`],
];

const installed = (['nginx', 'caddy'] as const).filter(kind =>
  isInstalled(kind, [kind === 'nginx' ? '-v' : 'version']),
);

(installed.length > 0 ? describe.each(installed) : describe.skip.each(['']))(
  'through %s',
  kind => {
    let portal: TestPortal;
    let service: RecordingService;
    let gateway: Gateway;
    let good: SentHeaders;
    const refused = bearer(generateSecret('bsk'));
    const stop: (() => Promise<void> | void)[] = [];

    const start = async (recipe: Partial<Recipe> = {}) => {
      const started = await startGateway(kind as GatewayKind, {
        portalUrl: portal.url.replace('localhost', GATEWAY),
        serviceUrl: service.url,
        demand: 'unscoped',
        ...recipe,
      });
      stop.push(started.stop);
      return started;
    };

    beforeAll(async () => {
      portal = await startTestPortal({
        port: await freePort(),
        backend: { trustProxy: [GATEWAY] },
        apiKeys: { limits: { failuresPerIp: { max: 1000 } } },
        features: [signalsPlugin],
      });
      // From here on, the signals plugin handles every upgrade, and leaves those of other plugins unanswered.
      const url = `${portal.url}/api/signals`;
      await openWebSocket(url, await portal.signIn('ada'));
      service = await startService();
      gateway = await start();
      good = bearer((await portal.createKey('ada')).secret);
    });

    beforeEach(() => {
      service.received.length = 0;
    });

    afterAll(async () => {
      for (const one of stop) await one();
      await service.stop();
      await portal.stop();
    });

    const ask = (
      headers: SentHeaders,
      request: Partial<Parameters<typeof send>[1]> = {},
    ) => send(gateway.url, { path: '/orders', headers, ...request });

    describe.each([
      ['of a known length', {}],
      ['in chunks', { isChunked: true }],
      ['that waits for a 100', { waitsToContinue: true }],
      [
        'in chunks that wait for a 100',
        { isChunked: true, waitsToContinue: true },
      ],
    ])('a body of 2 MB %s', (_, how) => {
      const post = { method: 'POST', body: TWO_MEGABYTES, ...how };

      it('reaches the service with a good key', async () => {
        expect((await ask(good, post)).status).toBe(200);
        expect(service.received).toMatchObject([
          { method: 'POST', bodyLength: TWO_MEGABYTES.length },
        ]);
      });

      it.each([
        ['a key that is refused', refused],
        ['no key', []],
      ])('is a 401 with %s, and reaches no service', async (__, headers) => {
        const answer = await ask(headers, post);
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
        expect(service.received).toEqual([]);
        // A client that waits for a 100 need not send the body.
        expect(answer.continued).toBe(false);
      });
    });

    it.each(['HEAD', 'OPTIONS'])(
      '%s passes only with a good key',
      async method => {
        expect((await ask(good, { method })).status).toBe(200);
        expect(service.received).toMatchObject([{ method, bodyLength: 0 }]);
        const answer = await ask(refused, { method });
        expect(answer.status).toBe(401);
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer /);
        expect(service.received).toHaveLength(1);
      },
    );

    it('CORS preflights reach the service without a key, and its headers describe none', async () => {
      const open = await start({ withPreflights: true });
      const forged: SentHeaders = [
        ['X-Api-Key-Subject', 'user:default/ada'],
        ['Origin', 'https://orders.example.com'],
        ['Access-Control-Request-Method', 'POST'],
      ];
      service.received.length = 0;
      const options = { path: '/orders', method: 'OPTIONS', headers: forged };
      expect((await send(open.url, options)).status).toBe(200);
      expect(service.received[0].headers['x-api-key-subject'] ?? '').toBe('');
      for (const method of ['GET', 'POST', 'HEAD', 'PROPFIND']) {
        const others = { path: '/orders', method, headers: forged };
        expect((await send(open.url, others)).status).not.toBe(200);
      }
      expect(service.received).toHaveLength(1);
      await send(open.url, { path: '/orders', headers: good });
      expect(service.received).toHaveLength(2);
    });

    it('a websocket opens with a good key, and the service receives its identity', async () => {
      const socket = await openUpgrade(gateway.url, good);
      expect(socket.status).toBe(101);
      expect(await socket.echo('hello')).toBe('hello');
      socket.close();
      expect(service.received).toMatchObject([
        { headers: { 'x-api-key-subject': 'user:default/ada' } },
      ]);
      expect(service.received[0].headers.authorization).toBeUndefined();
    });

    it.each([
      ['a key that is refused', refused],
      ['no key', []],
    ])('a websocket with %s is a 401', async (_, headers) => {
      const socket = await openUpgrade(gateway.url, headers);
      socket.close();
      expect(socket.status).toBe(401);
      expect(service.received).toEqual([]);
    });

    it('a connection stays usable after a denied request, and the denied body is not parsed as a request', async () => {
      const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
      const smuggled = Buffer.from(
        `GET /smuggled HTTP/1.1\r\nHost: x\r\n${good[0].join(': ')}\r\n\r\n`,
      );
      for (let i = 0; i < 3; i += 1) {
        const body = Buffer.concat([smuggled, TWO_MEGABYTES]);
        const denied = await ask(refused, { method: 'POST', body, agent });
        expect(denied.status).toBe(401);
        expect((await ask(good, { agent })).status).toBe(200);
      }
      agent.destroy();
      expect(service.received.map(({ url }) => url)).toEqual(
        Array(3).fill('/orders'),
      );
    });

    it('errors of the service are not reported as an outage of the portal', async () => {
      expect((await ask(good, { path: '/broken' })).status).toBe(500);
      const nobody = `http://${GATEWAY}:${await freePort()}`;
      const { url } = await start({ serviceUrl: nobody });
      const answer = await send(url, { path: '/', headers: good });
      expect(answer.status).toBe(502);
      expect(answer.headers['retry-after']).toBeUndefined();
    });

    it('a portal that hangs causes a 503 within seconds, also for a large body and a websocket', async () => {
      const sockets: net.Socket[] = [];
      const silent = net.createServer(socket => sockets.push(socket));
      silent.listen(0, GATEWAY);
      await once(silent, 'listening');
      const { port } = silent.address() as AddressInfo;
      const hanging = await start({ portalUrl: `http://${GATEWAY}:${port}` });
      const post = { method: 'POST', path: '/', body: TWO_MEGABYTES };
      const answers = await Promise.all([
        send(hanging.url, { path: '/', headers: good }),
        send(hanging.url, { ...post, headers: good }),
        openUpgrade(hanging.url, good),
      ]);
      for (const socket of sockets) socket.destroy();
      silent.close();
      expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
      for (const { headers } of answers) {
        expect(headers['retry-after']).toMatch(/^\d+$/);
      }
      expect(service.received).toEqual([]);
    });
  },
);
