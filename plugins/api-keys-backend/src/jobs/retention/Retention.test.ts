import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { aKey } from '../../__testUtils__/keys';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import { DatabaseRetention } from '../../database/DatabaseRetention';
import { openStores } from '../../database/stores';
import { toRow } from '../../database/rows';
import { ApiKeyRecord } from '../../lifecycle/ApiKeyRecord';
import { endsAt, isTerminal } from '../../lifecycle/status';
import { DAY } from '../../lifecycle/time';
import { Retention } from './Retention';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.UTC(2030, 5, 15, 13);
const TODAY = Date.UTC(2030, 5, 15);
const KEYS_KEPT = 365 * DAY;
const EVENTS_KEPT = 90 * DAY;
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';

/** Times around the moment from which an ended key is deleted, around now, and never. */
const ENDS = [
  NOW - KEYS_KEPT - DAY,
  NOW - KEYS_KEPT,
  NOW - KEYS_KEPT + 1,
  NOW - 1,
  NOW + DAY,
  undefined,
];

describe.each(databases.eachSupportedId())('retention on %s', databaseId => {
  let replicas: Replicas;
  let knex: Knex;
  let database: DatabaseRetention;
  let retentions: Retention[];
  const logger = mockServices.logger.mock();

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
    knex = replicas.knex;
    const both = replicas.stores.map(({ retention }) => retention);
    database = both[0];
    retentions = both.map(
      one =>
        new Retention({
          database: one,
          logger,
          keysKept: KEYS_KEPT,
          eventsKept: EVENTS_KEPT,
        }),
    );
  });

  beforeEach(async () => {
    jest.clearAllMocks();
    jest.spyOn(Date, 'now').mockReturnValue(NOW);
    for (const table of [
      'api_keys',
      'api_key_owners',
      'api_key_events',
      'api_key_usage',
      'api_key_daily_uses',
      'api_key_warnings',
    ]) {
      await knex(table).delete();
    }
  });

  afterEach(() => jest.restoreAllMocks());
  afterAll(() => replicas.stop());

  const insert = async (keys: ApiKeyRecord[]) => {
    const owners = [...new Set(keys.map(({ owner }) => owner))];
    await knex('api_key_owners')
      .insert(owners.map(owner => ({ owner })))
      .onConflict('owner')
      .ignore();
    await knex.batchInsert(
      'api_keys',
      keys.map(key => toRow(key, `digest of ${key.id}`)),
      200,
    );
  };
  const insertEvents = (keyId: string, ...times: number[]) =>
    knex.batchInsert(
      'api_key_events',
      times.map(at => ({
        at,
        category: 'AUDIT',
        type: 'updated',
        key_id: keyId,
        owner: ADA,
        details: '{}',
      })),
      200,
    );
  const insertWarning = (keyId: string) =>
    knex('api_key_warnings').insert({
      key_id: keyId,
      kind: 'expiry',
      ends_at: NOW,
      threshold: DAY,
      owner: ADA,
      claim_id: keyId,
      claimed_at: NOW,
      sent_at: NOW,
    });
  const insertUses = async (keyId: string, ...days: number[]) => {
    for (const day of days) {
      const uses = { day, plugin: 'catalog', uses: 1 };
      await knex('api_key_usage').insert({ key_id: keyId, ...uses });
      await knex('api_key_daily_uses')
        .insert(uses)
        .onConflict(['day', 'plugin'])
        .ignore();
    }
  };
  const left = async (table: string, column: string) =>
    (await knex(table).orderBy(column).pluck(column)).map(value =>
      typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
    );

  it('deletes keys that ended long enough ago, for whatever reason, with their other rows, and no others', async () => {
    const keys = ENDS.flatMap(revokedAt =>
      ENDS.flatMap(expiresAt =>
        ENDS.map(overlapEndsAt =>
          aKey({ revokedAt, expiresAt, overlapEndsAt, createdAt: 0 }),
        ),
      ),
    );
    await insert(keys);
    for (const { id } of keys) {
      await insertEvents(id, NOW);
      await insertUses(id, TODAY);
      await insertWarning(id);
    }

    await retentions[0].run();

    const kept = keys
      .filter(key => {
        const ended = isTerminal(key, NOW) && (key.revokedAt ?? endsAt(key));
        return ended === false || ended > NOW - KEYS_KEPT;
      })
      .map(({ id }) => id)
      .sort();
    expect(kept.length).toBeGreaterThan(50);
    expect(await left('api_keys', 'id')).toEqual(kept);
    for (const table of [
      'api_key_events',
      'api_key_usage',
      'api_key_warnings',
    ]) {
      expect(await left(table, 'key_id')).toEqual(kept);
    }
  });

  it('keeps an inactive key, which can be reactivated, however long it was not used', async () => {
    const inactive = aKey({ createdAt: 0, inactivityTimeout: DAY });
    await insert([inactive]);
    await retentions[0].run();
    expect(await left('api_keys', 'id')).toEqual([inactive.id]);
  });

  it('deletes events that are old enough, to the millisecond, of keys that still exist', async () => {
    const key = aKey();
    await insert([key]);
    const end = NOW - EVENTS_KEPT;
    await insertEvents(key.id, end - DAY, end - 1, end, end + 1, NOW);

    await retentions[0].run();
    expect(await left('api_key_events', 'at')).toEqual([end, end + 1, NOW]);
  });

  it('deletes the usage of days that ended long enough ago', async () => {
    const key = aKey();
    await insert([key]);
    const days = [92, 91, 90, 89, 0].map(ago => TODAY - ago * DAY);
    await insertUses(key.id, ...days);

    await retentions[0].run();
    const kept = days.slice(2);
    expect(await left('api_key_usage', 'day')).toEqual(kept);
    expect(await left('api_key_daily_uses', 'day')).toEqual(kept);
  });

  it('deletes owners without any key left, and keeps the data of others', async () => {
    await insert([
      aKey({ revokedAt: NOW - KEYS_KEPT }),
      aKey({ owner: LINUS, revokedAt: NOW }),
    ]);
    const membership = { member_of: '["group:default/kernel"]' };
    await knex('api_key_owners').where({ owner: LINUS }).update(membership);
    await knex('api_key_owners').insert({
      owner: 'user:default/gone',
      missing_since: NOW,
    });
    const request = { session_end_requested_at: NOW };
    await knex('api_key_owners').insert({ owner: 'user:z/later', ...request });

    await retentions[0].run();
    const owners = await knex('api_key_owners').orderBy('owner');
    expect(owners).toMatchObject([
      { owner: LINUS, ...membership },
      { owner: 'user:z/later' },
    ]);
    await knex('api_key_owners').where({ owner: 'user:z/later' }).delete();
  });

  it('deletes any number of rows, and logs how many', async () => {
    const dead = aKey({ revokedAt: NOW - KEYS_KEPT });
    const alive = aKey({ owner: LINUS });
    await insert([
      dead,
      alive,
      ...Array.from({ length: 1200 }, () =>
        aKey({ expiresAt: NOW - KEYS_KEPT }),
      ),
    ]);
    await insertEvents(dead.id, ...Array(2100).fill(NOW));
    await insertEvents(alive.id, ...Array(2100).fill(0));

    await retentions[0].run();
    expect(await left('api_keys', 'id')).toEqual([alive.id]);
    expect(await left('api_key_events', 'id')).toEqual([]);
    expect(logger.info.mock.calls).toEqual([
      [
        'Deleted what was kept for long enough: 1201 API keys with all that hung on them, 2100 other events, 0 daily numbers of uses, 1 owners without keys',
      ],
    ]);
  });

  it('logs nothing if there is nothing to delete', async () => {
    await insert([aKey()]);
    await retentions[0].run();
    expect(logger.info).not.toHaveBeenCalled();
  });

  it('stops soon when its signal is aborted, and the next run continues', async () => {
    const dead = aKey({ revokedAt: NOW - KEYS_KEPT });
    await insert([dead]);
    await insertEvents(dead.id, ...Array(2500).fill(0));
    const abort = new AbortController();
    const deleteEvents = database.deleteEventsBefore.bind(database);
    jest.spyOn(database, 'deleteEventsBefore').mockImplementation(time => {
      abort.abort();
      return deleteEvents(time);
    });

    await retentions[0].run(abort.signal);
    expect(await left('api_key_events', 'id')).toHaveLength(1500);
    expect(await left('api_keys', 'id')).toEqual([dead.id]);

    await retentions[0].run();
    expect(await left('api_key_events', 'id')).toEqual([]);
    expect(await left('api_keys', 'id')).toEqual([]);
  });

  it('deletes no more in one statement, whatever PostgreSQL plans', async () => {
    const dead = aKey({ revokedAt: NOW - KEYS_KEPT });
    await insert([dead]);
    await insertEvents(dead.id, ...Array(2500).fill(0));
    const nested = await withNestedLoops(knex);
    const planned = await openStores({
      database: { getClient: async () => nested },
    });
    expect(await planned.retention.deleteEventsBefore(1)).toBe(1000);
    if (nested !== knex) await nested.destroy();
  });

  it('keeps keys that work again since they were found', async () => {
    const key = aKey({ expiresAt: NOW - KEYS_KEPT });
    await insert([key]);
    const found = await database.findKeysEndedBefore(NOW - KEYS_KEPT);
    expect(found).toEqual([{ id: key.id, owner: ADA }]);

    await knex('api_keys').update({ expires_at: NOW + DAY });
    expect(await database.deleteKeys(found, NOW - KEYS_KEPT)).toBe(0);
    expect(await left('api_keys', 'id')).toEqual([key.id]);
  });

  it('runs on two replicas at the same time', async () => {
    const keys = Array.from({ length: 1500 }, (_, i) =>
      aKey({
        owner: `user:default/u${i % 50}`,
        revokedAt: i % 2 ? NOW - KEYS_KEPT : undefined,
      }),
    );
    await insert(keys);
    await insertEvents(keys[1].id, ...Array(5000).fill(0));
    await replicas.warmUp();

    await Promise.all(retentions.map(one => one.run()));
    // Each replica leaves the rows that the other has locked, and the next run deletes those that both left.
    await retentions[0].run();
    expect(await left('api_keys', 'id')).toHaveLength(750);
    expect(await left('api_key_events', 'id')).toEqual([]);
    expect(await left('api_key_owners', 'owner')).toHaveLength(25);
  });
});

/** Returns a connection on which PostgreSQL plans as if all tables were small, so that it repeats subqueries. */
async function withNestedLoops(knex: Knex): Promise<Knex> {
  const { config } = knex.client;
  if (config.client !== 'pg') return knex;
  const nested = knexFactory({ ...config, pool: { min: 1, max: 1 } });
  for (const other of [
    'hashjoin',
    'mergejoin',
    'hashagg',
    'sort',
    'material',
  ]) {
    await nested.raw(`set enable_${other} = off`);
  }
  return nested;
}
