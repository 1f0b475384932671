import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { aKey, usesOf } from '../__testUtils__/keys';
import { meter } from '../__testUtils__/metrics';
import { UsageRecorder } from '../verification/UsageRecorder';
import { openStores, Stores } from './stores';
import { stagePendingUsage, mergePendingUsage } from './pendingUsage';
import { toRow } from './rows';

// SQLite has no connections that break while others stay open.
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const NOW = Date.UTC(2030, 5, 1);
const MANY = 1500;
const FEW = 500;
/** More than the number of statements that write and add the uses of so many keys. */
const STATEMENTS = 20;
/** Name, on the server, of the connections that break. */
const NAME = 'writes-uses';

type Connection = { query(sql: string, done: (error?: Error) => void): void };

/** Connections with the settings of `knex`, but another name. */
function namedLike({ client }: Knex): Knex {
  const name = (connection: Connection, done: (error?: Error) => void) =>
    connection.query(`set application_name = '${NAME}'`, done);
  return knexFactory({
    ...client.config,
    pool: { ...client.config.pool, afterCreate: name },
    // It would log each broken connection.
    log: { warn() {}, error() {}, debug() {}, deprecate() {} },
  });
}

describe.each(databases.eachSupportedId())('writing uses on %s', databaseId => {
  let knex: Knex;
  let stores: Stores;
  let flushing: Knex;
  let flushingStores: Stores;
  let ids: string[];

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    flushing = namedLike(knex);
    const open = (database: Knex) =>
      openStores({
        database: { getClient: async () => database },
      });
    stores = await open(knex);
    flushingStores = await open(flushing);
  });

  afterAll(() => flushing.destroy());

  beforeEach(async () => {
    const tables = ['api_keys', 'api_key_usage', 'api_key_pending_uses'];
    for (const table of tables) await knex(table).delete();
    const keys = Array.from({ length: MANY }, () => aKey());
    ids = keys.map(({ id }) => id);
    const rows = keys.map(key => toRow(key, key.id));
    await knex.batchInsert('api_keys', rows, 500);
  });

  /** Reads all sums at one point in time. */
  async function sums() {
    const sum = (table: string, column: string) =>
      knex(table).sum(column).as(table);
    const [row] = await knex.select(
      sum('api_keys', 'use_count'),
      sum('api_key_usage', 'uses'),
      sum('api_key_pending_uses', 'uses'),
    );
    return {
      added: Number(row.api_keys),
      counted: Number(row.api_key_usage),
      kept: Number(row.api_key_pending_uses),
    };
  }

  /** Breaks the connection during the nth statement from now on, until it is stopped. */
  function breakDuring(nth: number) {
    let statements = 0;
    let broken: Promise<unknown> = Promise.resolve();
    const breakIt = async () => {
      await knex.raw(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = ?',
        [NAME],
      );
    };
    const count = () => {
      statements += 1;
      if (statements === nth) broken = breakIt();
    };
    flushing.on('query', count);
    return async () => {
      flushing.off('query', count);
      await broken;
    };
  }

  it('does not block the verification of keys, from the first statement to the last', async () => {
    const [id] = ids;
    const flush = await flushing.transaction();
    await stagePendingUsage(
      flush,
      ids.map(one => usesOf(one, NOW)),
    );
    await mergePendingUsage(flush, '');
    for (const key of [
      await stores.keys.findForVerification([id]),
      await stores.keys.findById(id),
    ]) {
      expect(key).toMatchObject({ id, lastUsedAt: undefined });
    }
    await flush.commit();
    expect(await stores.keys.findById(id)).toMatchObject({ lastUsedAt: NOW });
  });

  it.each([MANY, FEW])(
    'of %d keys loses none and counts none twice, wherever it is interrupted',
    async number => {
      const logger = mockServices.logger.mock();
      const recorder = new UsageRecorder({
        stores: flushingStores,
        logger,
        metrics: meter().metrics,
        resolution: 24 * 60 * 60 * 1000,
        recordIp: true,
      });
      const used = ids.slice(0, number);
      for (let nth = 1; nth <= STATEMENTS; nth++) {
        for (const id of used) {
          recorder.record(id, { plugin: 'catalog' }, NOW + nth);
        }
        const stop = breakDuring(nth);
        // Each flush adds some of the pending uses, and retries the writes that failed.
        for (let i = 0; i < 5; i++) await recorder.flush();
        await stop();
        const { added, counted, kept } = await sums();
        expect((added + kept) % number).toBe(0);
        expect(counted).toBe(added);
      }
      await recorder.stop();
      expect(recorder.waiting).toBe(0);
      expect(logger.warn).toHaveBeenCalledWith(
        expect.stringContaining('Could not write'),
        expect.any(Error),
      );
      let after: string | undefined;
      do {
        after = await stores.usage.mergePendingUsage(after);
      } while (after !== undefined);

      const rows = await knex('api_keys').whereIn('id', used);
      const added = new Set(rows.map(row => Number(row.use_count)));
      expect([...added]).toEqual([STATEMENTS]);
      const usage = await knex('api_key_usage').whereIn('key_id', used);
      expect(usage).toHaveLength(number);
      const counted = new Set(usage.map(row => Number(row.uses)));
      expect([...counted]).toEqual([STATEMENTS]);
      expect(await knex('api_key_pending_uses')).toEqual([]);
    },
  );
});
