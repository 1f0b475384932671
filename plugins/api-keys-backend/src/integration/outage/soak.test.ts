import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { DatabaseProxy, ProxyState } from '../../__testUtils__/DatabaseProxy';
import { EVERY_OPERATION } from '../../__testUtils__/everyOperation';
import { eventually } from '../../__testUtils__/eventually';
import { MixedTraffic } from '../../__testUtils__/MixedTraffic';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';

/** Runs each outage once; `API_KEYS_OUTAGE_SECONDS=3600` makes it an hour. */
const SECONDS = Number(process.env.API_KEYS_OUTAGE_SECONDS ?? 40);
const AWAY_MS = 4000;
const BETWEEN_MS = 2000;
const CLIENTS = 4;

jest.setTimeout(SECONDS * 1000 + 180_000);

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const OUTAGES: (ProxyState | 'read-only')[] = [
  'refused',
  'read-only',
  'cut-before-commit',
  'slow',
  'cut-after-commit',
  'silent',
];

describe.each(databases.eachSupportedId())(
  'two replicas on %s during repeated outages',
  databaseId => {
    let knex: Knex;
    let proxies: DatabaseProxy[];
    let portals: TestPortal[];

    beforeAll(async () => {
      // Knex logs each connection that it cannot open.
      jest.spyOn(console, 'log').mockImplementation(() => {});
      knex = await databases.init(databaseId);
      const { connection } = knex.client.config;
      const start = async (proxy: DatabaseProxy) =>
        startTestPortal({
          port: await freePort(),
          apiKeys: {
            ...EVERY_OPERATION,
            verification: {},
          },
          // The session has to outlive the test.
          config: {
            auth: {
              providers: { test: {}, 'api-key': {} },
              backstageTokenExpiration: { hours: 24 },
            },
          },
          backend: {
            database: {
              client: 'pg',
              connection: {
                ...connection,
                host: proxy.host,
                port: proxy.port,
                password: connection.password || 'none',
              },
              pluginDivisionMode: 'schema',
              knexConfig: { pool: { min: 0, max: 8 } },
            },
          },
        });
      proxies = [
        await DatabaseProxy.start(connection),
        await DatabaseProxy.start(connection),
      ];
      portals = [await start(proxies[0]), await start(proxies[1])];
    });

    afterAll(async () => {
      for (const portal of portals) await portal.stop();
      for (const proxy of proxies) await proxy.stop();
    });

    async function setReadOnly(isReadOnly: boolean) {
      const { database } = knex.client.config.connection;
      const value = isReadOnly ? 'on' : 'off';
      await knex.raw(
        `begin read write; alter database "${database}" set default_transaction_read_only = ${value}; commit`,
      );
      for (const proxy of proxies) {
        proxy.set('refused');
        proxy.set('open');
      }
    }

    async function breakDown(outage: ProxyState | 'read-only') {
      if (outage === 'read-only') await setReadOnly(true);
      else proxies.forEach(proxy => proxy.set(outage));
      await sleep(AWAY_MS);
      if (outage === 'read-only') await setReadOnly(false);
      proxies.forEach(proxy => proxy.set('open'));
      await sleep(BETWEEN_MS);
    }

    it('respond with 2xx, a correct 4xx, or 503 with Retry-After, and do what they say', async () => {
      const token = await portals[0].signIn('ada');
      const clients = Array.from(
        { length: CLIENTS },
        (_, i) => new MixedTraffic({ portals, token, name: `client ${i}` }),
      );
      const running = clients.map(client => client.run());
      const until = Date.now() + SECONDS * 1000;
      for (let i = 0; Date.now() < until; i++) {
        await breakDown(OUTAGES[i % OUTAGES.length]);
      }
      for (const client of clients) client.stop();
      await Promise.all(running);

      const statuses = new Map<string, number>();
      for (const client of clients) {
        for (const [name, count] of client.statuses) {
          statuses.set(name, (statuses.get(name) ?? 0) + count);
        }
      }
      const figures = [...statuses].sort().map(([name, n]) => `${name}: ${n}`);
      // eslint-disable-next-line no-console
      console.info(`In ${SECONDS} s:\n${figures.join('\n')}`);
      expect(clients.flatMap(({ violations }) => violations)).toEqual([]);
      await eventually(async () => {
        for (const portal of portals) {
          await portal.call('get', '/api/api-keys/v1/keys', token).expect(200);
        }
      });
      await expectAllAsSaid(clients.flatMap(({ keys }) => keys));
    });

    /** Checks that reported changes happened, and that changes reported as failed did not. */
    async function expectAllAsSaid(keys: MixedTraffic['keys']) {
      const rows = await knex
        .withSchema('api-keys')
        .from('api_keys')
        .select('id', 'name', 'revoked_at');
      for (const key of keys) {
        const row = rows.find(({ id, name }) =>
          key.id ? id === key.id : name === key.name,
        );
        const found = {
          exists: row ? 'yes' : 'no',
          isRevoked: row?.revoked_at ? 'yes' : 'no',
        };
        expect({ ...key, ...found }).toEqual({
          ...key,
          ...(key.exists === 'maybe' && { exists: found.exists }),
          ...(key.isRevoked === 'maybe' && { isRevoked: found.isRevoked }),
        });
      }
    }
  },
);
