import { once } from 'node:events';
import { createServer, request, Server } from 'node:http';
import { TestDatabases } from '@backstage/backend-test-utils';
import { openSocket } from '../../__testUtils__/openSocket';
import { socketPlugin } from '../../__testUtils__/socketPlugin';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const PUBLIC_KEYS = '/api/auth/.well-known/jwks.json';

describe.each(databases.eachSupportedId())(
  'an outage of the public keys of the auth plugin on %s',
  databaseId => {
    let portal: TestPortal;
    let authPlugin: Server;
    let areAway = false;

    /** Starts a proxy through which every plugin reaches the auth plugin. */
    async function startProxy(port: number, target: number) {
      authPlugin = createServer((req, res) => {
        if (areAway && req.url === PUBLIC_KEYS) {
          res.writeHead(503).end();
          return;
        }
        const { method, headers, url: path } = req;
        const forwarded = request(
          { host: '127.0.0.1', port: target, path, method, headers },
          answer => {
            res.writeHead(answer.statusCode!, answer.headers);
            answer.pipe(res);
          },
        );
        req.pipe(forwarded);
      }).listen(port, '127.0.0.1');
      await once(authPlugin, 'listening');
    }

    beforeAll(async () => {
      const [port, proxyPort] = [await freePort(), await freePort()];
      await startProxy(proxyPort, port);
      portal = await startTestPortal({
        knex: await databases.init(databaseId),
        port,
        features: [socketPlugin('sockets').feature],
        config: {
          discovery: {
            endpoints: [
              {
                target: `http://127.0.0.1:${proxyPort}/api/{{pluginId}}`,
                plugins: ['auth'],
              },
            ],
          },
        },
      });
    });

    afterAll(async () => {
      await portal.stop();
      authPlugin.close();
    });

    it('does not affect a good key', async () => {
      const { secret } = await portal.createKey('ada');
      const whoami = () => portal.call('get', '/api/probe/whoami', secret);
      // The first request to the probe plugin, which has to fetch them.
      areAway = true;
      const { headers, body } = await whoami().expect(503);
      expect(headers['retry-after']).toBe('5');
      expect(headers['www-authenticate']).toBeUndefined();
      expect(body.error.message).toBe(
        'API keys cannot be verified right now, try again shortly',
      );
      areAway = false;
      await whoami().expect(200);
    });

    it('does not affect it on websockets', async () => {
      const { secret } = await portal.createKey('ada');
      const open = () =>
        openSocket(`${portal.url}/api/sockets/socket`, { protocols: [secret] });
      areAway = true;
      const { status, headers } = await open();
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('5');
      areAway = false;
      const socket = await open();
      expect(socket.status).toBe(101);
      socket.close();
    });
  },
);
