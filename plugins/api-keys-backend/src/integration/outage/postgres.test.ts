import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { DatabaseProxy } from '../../__testUtils__/DatabaseProxy';
import {
  askForAll,
  CHANGED_COLUMNS,
  EVERY_OPERATION,
  Given,
  prepare,
  stateOf,
  WITHOUT_DATABASE,
} from '../../__testUtils__/everyOperation';
import { expected, outcomes } from '../../__testUtils__/outcomes';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { OperationId } from '../../openapi/document';
import { isReading } from '../../router/operationRoutes';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

/** Size of the connection pool, which a test exhausts. */
const CONNECTIONS = 30;

describe.each(databases.eachSupportedId())(
  'every operation, on %s',
  databaseId => {
    let knex: Knex;
    let proxy: DatabaseProxy;
    let proxied: Knex;
    let portal: TestPortal;
    let given: Map<OperationId, Given>;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      const { config } = knex.client;
      proxy = await DatabaseProxy.start(config.connection);
      proxied = knexFactory({
        ...config,
        connection: {
          ...config.connection,
          host: proxy.host,
          port: proxy.port,
        },
        pool: { min: 0, max: CONNECTIONS },
        acquireConnectionTimeout: 5000,
        log: { warn() {}, error() {}, debug() {}, deprecate() {} },
      });
      portal = await startTestPortal({
        knex: proxied,
        apiKeys: EVERY_OPERATION,
      });
    });

    beforeEach(async () => {
      given = await prepare(portal, knex);
    });

    afterEach(async () => {
      proxy.set('open');
      // The portal must recover from every outage.
      const { token } = given.get('createKey')!;
      await portal
        .call('post', '/api/api-keys/v1/keys', token)
        .send({ name: 'afterwards' })
        .expect(201);
    });

    afterAll(async () => {
      await portal.stop();
      await proxied.destroy();
      await proxy.stop();
    });

    const askAll = () => askForAll(portal, given);

    const whileAway = expected(id => {
      if (WITHOUT_DATABASE.includes(id)) return 'done';
      return isReading(id) ? 'no note' : 'none';
    });

    it('succeeds when nothing fails', async () => {
      expect(outcomes(await askAll())).toEqual(expected(() => 'done'));
    });

    /** Changes a setting of new connections, and makes the portal open new ones. */
    async function configure(name: string, value: string | undefined) {
      const { database } = knex.client.config.connection;
      const change =
        value === undefined ? `reset ${name}` : `set ${name} = ${value}`;
      // Starts a read-write transaction of its own; a read-only default could not be undone otherwise.
      await knex.raw(
        `begin read write; alter database "${database}" ${change}; commit`,
      );
      proxy.set('refused');
      proxy.set('open');
    }

    /** Outages in which no change is possible; each returns how to end it. */
    const outages: [string, () => Promise<() => unknown>][] = [
      [
        'stopped',
        async () => {
          proxy.set('refused');
          return () => proxy.set('open');
        },
      ],
      [
        'silent',
        async () => {
          proxy.set('silent');
          return () => proxy.set('open');
        },
      ],
      [
        'out of connections',
        async () => {
          const taken = await Promise.all(
            Array.from({ length: CONNECTIONS }, () =>
              proxied.client.acquireConnection(),
            ),
          );
          return () =>
            taken.map(connection =>
              proxied.client.releaseConnection(connection),
            );
        },
      ],
      [
        'locked by somebody',
        async () => {
          await configure('lock_timeout', '200');
          const tx = await knex.transaction();
          const tables = Object.keys(CHANGED_COLUMNS).join(', ');
          await tx.raw(`lock table ${tables} in access exclusive mode`);
          return async () => {
            await tx.rollback();
            await configure('lock_timeout', undefined);
          };
        },
      ],
    ];

    it.each(outages)(
      'gets a 503 with Retry-After while the database is %s, which says correctly that nothing was changed',
      async (_, begin) => {
        const before = await stateOf(knex);
        const end = await begin();
        const answers = await askAll();
        await end();
        expect(outcomes(answers)).toEqual(whileAway);
        expect(await stateOf(knex)).toEqual(before);
        for (const { text } of answers.values()) {
          expect(text).not.toMatch(/ECONN|select |insert |127\.0\.0\.1:/);
        }
      },
      30_000,
    );

    it('a key exchange, and a request to another plugin with a key that was not in use, get it too', async () => {
      const { secret } = await portal.createKey('ada');
      const { body } = await portal
        .call('get', '/api/probe/plugin-token/auth')
        .expect(200);
      proxy.set('refused');
      const answers = [
        await portal
          .call('post', '/api/auth/api-key/refresh', body.token)
          .set('X-Api-Key', secret),
        await portal.call('get', '/api/probe/whoami', secret),
      ];
      expect(
        answers.map(({ status, headers }) => [status, headers['retry-after']]),
      ).toEqual([
        [503, '5'],
        [503, '5'],
      ]);
    });

    it('succeeds if it reads, and gets a 503 that says that nothing was changed otherwise, while the database is read-only', async () => {
      const before = await stateOf(knex);
      await configure('default_transaction_read_only', 'on');
      const answers = await askAll();
      await configure('default_transaction_read_only', undefined);
      expect(outcomes(answers)).toEqual(
        expected(id => (isReading(id) ? 'done' : 'none')),
      );
      expect(await stateOf(knex)).toEqual(before);
    });

    it.each(['cut-before-commit', 'cut-after-commit'] as const)(
      'succeeds if it reads, and gets a 503 that leaves the change open otherwise, when the connection is %s',
      async state => {
        const before = await stateOf(knex);
        proxy.set(state);
        const answers = await askAll();
        proxy.set('open');
        expect(outcomes(answers)).toEqual(
          expected(id => (isReading(id) ? 'done' : 'unknown')),
        );
        const isUnchanged = (await stateOf(knex)) === before;
        expect(isUnchanged).toBe(state === 'cut-before-commit');
      },
    );
  },
);
