import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { generateSecret } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { aKey, usesOf } from '../__testUtils__/keys';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { serviceOn } from '../__testUtils__/serviceOn';
import { FakeNotifications, warnerOn } from '../__testUtils__/warnerOn';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { DAY } from '../lifecycle/time';
import { SecretDigests } from '../verification/SecretDigests';
import { openStores, Stores } from './stores';
import { KEYS_PER_TRANSACTION } from './pendingUsage';
import { ApiKeyRow, toRow } from './rows';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.UTC(2030, 5, 1);
/** Too many to be added to their keys at once. */
const MANY = 2500;
/** Several statements on PostgreSQL. 100 000 work as well, and take a minute. */
const VERY_MANY = 6000;

describe.each(databases.eachSupportedId())(
  'uses of many keys on %s',
  databaseId => {
    let replicas: Replicas;
    let knex: Knex;
    let stores: Stores;
    let otherStores: Stores;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      knex = replicas.knex;
      [stores, otherStores] = replicas.stores;
    });

    afterAll(() => replicas.stop());

    afterEach(async () => {
      for (const table of [
        'api_keys',
        'api_key_usage',
        'api_key_daily_uses',
        'api_key_pending_uses',
      ]) {
        await knex(table).delete();
      }
    });

    async function insertMany(
      number: number,
      fields: Partial<ApiKeyRecord> = {},
    ): Promise<string[]> {
      const keys = Array.from({ length: number }, () => aKey(fields));
      const rows = keys.map(key => toRow(key, key.id));
      await knex.batchInsert('api_keys', rows, 500);
      return keys.map(({ id }) => id);
    }

    async function mergeAll(replica: Stores) {
      let after: string | undefined;
      do {
        after = await replica.usage.mergePendingUsage(after);
      } while (after !== undefined);
    }

    async function sumOf(table: string, column: string): Promise<number> {
      const [{ total }] = await knex(table).sum({ total: column });
      return Number(total);
    }

    async function counts() {
      const ofEach = await knex('api_keys').distinct('use_count');
      return {
        ofEach: ofEach.map(row => Number(row.use_count)),
        byDay: await sumOf('api_key_usage', 'uses'),
        ofAll: await sumOf('api_key_daily_uses', 'uses'),
        kept: (await knex('api_key_pending_uses')).length,
      };
    }

    /** State after all pending uses are added, with so many uses for each key. */
    const added = (uses: number, keys: number) => ({
      ofEach: [uses],
      byDay: uses * keys,
      ofAll: uses * keys,
      kept: 0,
    });

    it('are written and added by two replicas in opposite order, without a deadlock', async () => {
      const size = databaseId === 'SQLITE_3' ? MANY : VERY_MANY;
      const uses = (await insertMany(size)).map(id => usesOf(id, NOW, 2));
      await replicas.warmUp();
      const flush = async (replica: Stores, ordered: typeof uses) => {
        for (let round = 0; round < 2; round++) {
          await replica.usage.applyUsage(ordered);
          await mergeAll(replica);
        }
      };
      await Promise.all([
        flush(stores, uses),
        flush(otherStores, [...uses].reverse()),
      ]);
      await mergeAll(stores);
      expect(await counts()).toEqual(added(8, size));
    });

    it('that fit into one transaction are added at once, in one order as well', async () => {
      const ids = await insertMany(KEYS_PER_TRANSACTION);
      const uses = ids.map(id => usesOf(id, NOW));
      await replicas.warmUp();
      const flush = async (replica: Stores, ordered: typeof uses) => {
        for (let round = 0; round < 5; round++)
          await replica.usage.applyUsage(ordered);
      };
      await Promise.all([
        flush(stores, uses),
        flush(otherStores, [...uses].reverse()),
      ]);
      expect(await counts()).toEqual(added(10, KEYS_PER_TRANSACTION));
    });

    it('are all written or none', async () => {
      const ids = await insertMany(VERY_MANY);
      const uses = ids.map(id => usesOf(id, NOW));
      const badUses = [...uses, usesOf(null as unknown as string, NOW)];
      await expect(stores.usage.applyUsage(badUses)).rejects.toThrow();
      await stores.usage.applyUsage(uses);
      await mergeAll(stores);
      expect(await counts()).toEqual(added(1, VERY_MANY));
    });

    it('are added by another replica if the one that wrote them has stopped', async () => {
      const ids = await insertMany(MANY);
      await stores.usage.applyUsage(ids.map(id => usesOf(id, NOW, 2)));
      await stores.usage.applyUsage(ids.map(id => usesOf(id, NOW + 1, 1)));
      expect(await sumOf('api_keys', 'use_count')).toBe(0);

      const next = await openStores({
        database: replicas.databases[1],
      });
      await mergeAll(next);
      await mergeAll(stores);
      expect(await counts()).toEqual(added(3, MANY));
      expect(await stores.keys.findById(ids[0])).toMatchObject({
        lastUsedAt: NOW + 1,
      });
    });

    it('are added once by two replicas at the same time', async () => {
      const ids = await insertMany(MANY);
      for (const replica of [stores, otherStores, stores]) {
        await replica.usage.applyUsage(ids.map(id => usesOf(id, NOW)));
      }
      await replicas.warmUp();
      await Promise.all([stores, otherStores].map(mergeAll));
      await mergeAll(stores);
      expect(await counts()).toEqual(added(3, MANY));
    });

    it('set the latest last use, whatever the order in which they are added', async () => {
      const ids = await insertMany(MANY);
      const [id] = ids;
      const write = (at: number, lastUsedIp: string, keys = ids) =>
        stores.usage.applyUsage(
          keys.map(key => ({ ...usesOf(key, at), lastUsedIp })),
        );
      await write(NOW, '10.0.0.1');
      await write(NOW + 9, '10.0.0.9');
      await write(NOW + 5, '10.0.0.5');
      await write(NOW + 7, '10.0.0.7', [id]);
      const pending = await stores.keys.findById(id);
      await mergeAll(stores);
      // Reading one key includes its pending uses.
      expect(pending).toEqual(await stores.keys.findById(id));
      const latest = { lastUsedAt: NOW + 9, lastUsedIp: '10.0.0.9' };
      expect(await stores.keys.findById(id)).toMatchObject(latest);
      await write(NOW + 1, '10.0.0.1');
      await mergeAll(stores);
      expect(await stores.keys.findById(id)).toMatchObject({
        ...latest,
        useCount: 5,
      });
    });

    it('are added to a key that was revoked meanwhile, and discarded for a deleted one', async () => {
      const ids = await insertMany(MANY);
      const [revoked, gone] = ids;
      await stores.usage.applyUsage(ids.map(id => usesOf(id, NOW)));
      await stores.keys.withOwnerLock('user:default/ada', keys =>
        keys.apply([{ type: 'revoke', keyId: revoked, reason: 'owner' }], NOW),
      );
      await knex('api_keys').where({ id: gone }).delete();
      const before = await stores.keys.findById(revoked);
      // Pending uses are included before they are added.
      expect(before).toMatchObject({
        revokedAt: NOW,
        lastUsedAt: NOW,
        useCount: 1,
      });
      await mergeAll(stores);
      expect(await stores.keys.findById(revoked)).toEqual(before);
      expect(await stores.keys.findById(gone)).toBeUndefined();
      expect(await knex('api_key_usage').where({ key_id: gone })).toEqual([]);
      expect(await knex('api_key_pending_uses')).toEqual([]);
    });

    it('are added while keys are revoked and limited by a policy', async () => {
      const ids = await insertMany(MANY);
      for (const replica of [stores, otherStores]) {
        await replica.usage.applyUsage(ids.map(id => usesOf(id, NOW)));
      }
      await replicas.warmUp();
      const revoked: string[] = [];
      const change = async () => {
        for (let round = 1; round <= 3; round++) {
          await stores.keys.withOwnerLock('user:default/ada', async keys => {
            const [first, ...others] = (await keys.findUnrevoked()).reverse();
            revoked.push(first.id);
            await keys.apply(
              [{ type: 'revoke', keyId: first.id, reason: 'owner' }],
              NOW,
            );
            for (const key of others.slice(0, 50)) {
              await keys.applyPolicy(key, { expiresAt: NOW + round }, NOW);
            }
          });
        }
        return knex('api_keys').whereIn('id', revoked).orderBy('id');
      };
      const [rows] = await Promise.all([
        change(),
        mergeAll(stores),
        mergeAll(otherStores),
      ]);
      await mergeAll(stores);
      const after = await knex('api_keys').whereIn('id', revoked).orderBy('id');
      const stateOf = ({ last_used_at, use_count, ...state }: ApiKeyRow) =>
        state;
      expect(after.map(stateOf)).toEqual(rows.map(stateOf));
      expect(await counts()).toEqual(added(2, MANY));
    });

    it('keep keys from going inactive before they are added', async () => {
      const replica = serviceOn(stores);
      const secret = generateSecret('bsk');
      const now = Date.now();
      const key = aKey({
        createdAt: now - 100 * DAY,
        inactivityTimeout: 30 * DAY,
      });
      await knex('api_keys').insert(
        toRow(key, new SecretDigests([]).sign(secret)),
      );
      const others = Array.from({ length: MANY }, () => randomUUID());
      const used = [key.id, ...others].map(id => usesOf(id, now - DAY));
      expect(await replica.use(secret)).toBe(false);

      await stores.usage.applyUsage(used);
      expect(await knex('api_keys')).toMatchObject([{ last_used_at: null }]);
      expect(await replica.use(secret)).toBe(true);
      expect(await replica.verifier.verifyById(key.id)).toMatchObject({
        accepted: true,
      });
      await mergeAll(stores);
      expect(await replica.use(secret)).toBe(true);
    });

    it('keep owners from being warned of keys that are about to go inactive', async () => {
      const notifications = new FakeNotifications();
      const now = Date.now();
      const { run } = await warnerOn(replicas.databases[0], notifications);
      const key = aKey({
        createdAt: now - 29 * DAY,
        inactivityTimeout: 30 * DAY,
      });
      await knex('api_keys').insert(toRow(key, key.id));
      const others = Array.from({ length: MANY }, () => randomUUID());
      await stores.usage.applyUsage(
        [key.id, ...others].map(id => usesOf(id, now)),
      );
      await run();
      expect(notifications.sent).toEqual([]);

      await knex('api_key_pending_uses').delete();
      await run();
      expect(notifications.sent).toHaveLength(1);
    });
  },
);
