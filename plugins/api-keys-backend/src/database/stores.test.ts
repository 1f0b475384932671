import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  API_KEY_STATUSES,
  API_KEY_TOTAL_MAX,
  ApiKeyStatus,
} from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { Knex } from 'knex';
import { aKey, usesOf } from '../__testUtils__/keys';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { StatusFields, statusOf } from '../lifecycle/status';
import { Stores } from './stores';
import { OwnerKeysTransaction } from './OwnerKeysTransaction';
import { KeyFilter } from './queries';
import { toRow } from './rows';
import {
  selectStatusSigns,
  statusOfSigns,
  whereStatus,
} from './statusPredicate';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const NOW = Date.UTC(2030, 5, 1);

describe.each(databases.eachSupportedId())('the stores on %s', databaseId => {
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
    await knex('api_keys').delete();
    await knex('api_key_usage').delete();
    await knex('api_key_daily_uses').delete();
  });

  async function insert(
    fields: Partial<ApiKeyRecord> = {},
    secretDigest: string = randomUUID(),
  ): Promise<ApiKeyRecord> {
    const key = aKey(fields);
    await stores.keys.withOwnerLock(key.owner, keys =>
      keys.insert(key, secretDigest),
    );
    return key;
  }

  it('returns records as they were inserted', async () => {
    const key = await insert({
      description: 'nightly',
      expiresAt: NOW,
      inactivityTimeout: 1000,
      keptAliveAt: NOW + 1,
      lastUsedAt: NOW + 2,
      lastUsedIp: '10.0.0.7',
      lastUsedUserAgent: 'curl/8',
      useCount: Number.MAX_SAFE_INTEGER,
      revokedAt: NOW + 3,
      revokedBy: 'user:default/grace',
      revokedReason: 'leaked',
      predecessorId: randomUUID(),
      successorId: randomUUID(),
      overlapEndsAt: NOW + 4,
      accessRestrictions: [{ plugin: 'catalog', permission: ['a.b'] }],
      allowedIps: ['10.0.0.0/8'],
    });
    expect(await stores.keys.findById(key.id)).toEqual(key);
    const plain = await insert();
    expect(await stores.keys.findById(plain.id)).toEqual(plain);
  });

  it('finds a key by any of the digests it may be stored under', async () => {
    const key = await insert({}, 'digest-1');
    const found = await stores.keys.findForVerification([
      'digest-0',
      'digest-1',
    ]);
    expect(found).toMatchObject({ id: key.id, owner: key.owner });
    expect({ ...key, ...found }).toEqual(key);
    expect(await stores.keys.findForVerification(['digest-0'])).toBeUndefined();
  });

  it('never holds two keys with one digest', async () => {
    await insert({}, 'digest-1');
    await expect(insert({}, 'digest-1')).rejects.toThrow();
  });

  it('has one notion of status, in code and in SQL', async () => {
    const time = fc.integer({ min: 900, max: 1100 });
    const lives = fc.record(
      {
        createdAt: fc.integer({ min: 900, max: 1000 }),
        expiresAt: time,
        inactivityTimeout: fc.integer({ min: 1, max: 100 }),
        keptAliveAt: time,
        lastUsedAt: time,
        revokedAt: time,
        overlapEndsAt: time,
      },
      { requiredKeys: ['createdAt'] },
    );
    // One of each, so that no run compares empty sets only.
    const oneOfEach: StatusFields[] = [
      { createdAt: 900 },
      { createdAt: 900, overlapEndsAt: 1001 },
      { createdAt: 900, inactivityTimeout: 100 },
      { createdAt: 900, expiresAt: 1000 },
      { createdAt: 900, revokedAt: 1000 },
    ];
    expect(oneOfEach.map(life => statusOf(life, 1000))).toEqual(
      API_KEY_STATUSES,
    );

    const endsNow: StatusFields = { createdAt: 900, overlapEndsAt: 1000 };

    const idsInSql = async (status: ApiKeyStatus, now: number) => {
      const query = knex('api_keys').select('id');
      whereStatus(query, [status], now);
      return (await query).map(({ id }) => id).sort();
    };
    await fc.assert(
      fc.asyncProperty(
        fc.array(lives, { minLength: 30, maxLength: 60 }),
        time,
        async (generated, now) => {
          await knex('api_keys').delete();
          const keys = generated.map(life => aKey(life));
          await knex.batchInsert(
            'api_keys',
            keys.map(key => toRow(key, key.id)),
          );
          const signs = await knex('api_keys').select(
            'id',
            ...selectStatusSigns(knex, now),
          );
          for (const key of keys) {
            const signsOfKey = signs.find(({ id }) => id === key.id);
            expect(statusOfSigns(signsOfKey)).toBe(statusOf(key, now));
          }
          for (const status of API_KEY_STATUSES) {
            const inCode = keys.filter(key => statusOf(key, now) === status);
            expect(await idsInSql(status, now)).toEqual(
              inCode.map(({ id }) => id).sort(),
            );
          }
        },
      ),
      { numRuns: 15, examples: [[[...oneOfEach, endsNow], 1000]] },
    );
  });

  it('lists keys without a value last, in either direction, and pages through equal ones', async () => {
    for (const lastUsedAt of [undefined, 5, 5, 5, 9, undefined]) {
      await insert({ lastUsedAt });
    }
    const walk = async (order: 'lastUsedAt:asc' | 'lastUsedAt:desc') => {
      const seen: ApiKeyRecord[] = [];
      let cursor: string | undefined;
      do {
        const page = await stores.keys.list(
          { owners: ['user:default/ada'] },
          {},
          { order, limit: 2, cursor },
          NOW,
        );
        seen.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(6);
      return seen.map(({ lastUsedAt }) => lastUsedAt);
    };
    expect(await walk('lastUsedAt:asc')).toEqual([
      5,
      5,
      5,
      9,
      undefined,
      undefined,
    ]);
    expect(await walk('lastUsedAt:desc')).toEqual([
      9,
      5,
      5,
      5,
      undefined,
      undefined,
    ]);
  });

  it('lists keys by creation time, and pages through equal ones among others', async () => {
    for (const createdAt of [1, 2, 2, 2, 3, 3]) {
      await insert({ createdAt });
      await insert({ createdAt, revokedAt: NOW });
    }
    const walk = async (order: 'createdAt:asc' | 'createdAt:desc') => {
      const seen: ApiKeyRecord[] = [];
      let cursor: string | undefined;
      do {
        const page = await stores.keys.list(
          { owners: 'everybody' },
          { statuses: ['active'] },
          { order, limit: 2, cursor },
          NOW,
        );
        expect(page.totalItems).toBe(6);
        seen.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor);
      expect(new Set(seen.map(({ id }) => id)).size).toBe(6);
      return seen.map(({ createdAt }) => createdAt);
    };
    expect(await walk('createdAt:asc')).toEqual([1, 2, 2, 2, 3, 3]);
    expect(await walk('createdAt:desc')).toEqual([3, 3, 2, 2, 2, 1]);
  });

  it('returns an empty page for a scope without owners', async () => {
    await insert();
    const page = await stores.keys.list(
      { owners: [] },
      {},
      { order: 'createdAt:asc', limit: 10 },
      NOW,
    );
    expect(page).toEqual({
      items: [],
      totalItems: 0,
      totalIsCapped: false,
      nextCursor: undefined,
    });
  });

  it('counts a list up to a maximum, and says where it stopped', async () => {
    const insertMany = (from: number, to: number) =>
      knex.raw(
        `insert into api_keys (
          id, secret_digest, hint, name, search_text, owner, subject, created_by, created_at, family_id
        )
        with recursive numbers (i) as (
          select cast(? as int) union all select i + 1 from numbers where i < ?
        )
        select i, i, 'x7Kq', 'ci', 'ci', 'ada', 'ada', 'ada', i, i from numbers`,
        [from, to],
      );
    const totalOf = async (filter: KeyFilter) => {
      const { items, totalItems, totalIsCapped } = await stores.keys.list(
        { owners: 'everybody' },
        filter,
        { order: 'createdAt:asc', limit: 1 },
        NOW,
      );
      expect(items).toHaveLength(1);
      return [totalItems, totalIsCapped];
    };
    await insertMany(1, API_KEY_TOTAL_MAX);
    expect(await totalOf({})).toEqual([API_KEY_TOTAL_MAX, false]);
    await insertMany(API_KEY_TOTAL_MAX + 1, API_KEY_TOTAL_MAX + 2);
    expect(await totalOf({})).toEqual([API_KEY_TOTAL_MAX, true]);
    expect(await totalOf({ text: 'ci' })).toEqual([API_KEY_TOTAL_MAX, true]);
    expect(await totalOf({ createdBefore: 3 })).toEqual([2, false]);
  });

  it('counts the active keys of an owner', async () => {
    await insert({ owner: 'user:default/linus' });
    await insert({ revokedAt: NOW - 1 });
    await insert({ expiresAt: NOW });
    await insert({ overlapEndsAt: NOW + 1 });
    await insert({ expiresAt: NOW + 1 });
    expect(await stores.keys.countActive('user:default/ada', NOW)).toBe(1);
  });

  describe('the keys of an owner', () => {
    const withAda = <T>(change: (keys: OwnerKeysTransaction) => Promise<T>) =>
      stores.keys.withOwnerLock('user:default/ada', change);

    it('do not include those of other owners', async () => {
      const { id } = await insert({ owner: 'user:default/linus' });
      await withAda(async keys => {
        expect(await keys.find(id)).toBeUndefined();
        expect(await keys.family(id)).toEqual([]);
        await keys.apply(
          [
            {
              type: 'revoke',
              keyId: id,
              by: 'user:default/ada',
              reason: 'owner',
            },
          ],
          NOW,
        );
      });
      expect((await stores.keys.findById(id))?.revokedAt).toBeUndefined();
    });

    it('stay as they were if the change fails', async () => {
      await expect(
        withAda(async keys => {
          await keys.insert(aKey(), 'digest-1');
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      expect(
        await stores.keys.findForVerification(['digest-1']),
      ).toBeUndefined();
    });

    it('are changed by one at a time, on every replica', async () => {
      await replicas.warmUp();
      let inside = 0;
      await Promise.all(
        [stores, otherStores, stores, otherStores].map(replica =>
          replica.keys.withOwnerLock('user:default/ada', async keys => {
            inside += 1;
            await keys.countActive(NOW);
            expect(inside).toBe(1);
            inside -= 1;
          }),
        ),
      );
    });

    it('are never brought back from a revocation', async () => {
      const { id } = await insert({ revokedAt: NOW, revokedReason: 'leaked' });
      const before = await stores.keys.findById(id);
      await withAda(keys =>
        keys.apply(
          [
            { type: 'revoke', keyId: id, by: 'x', reason: 'owner' },
            {
              type: 'retire',
              keyId: id,
              by: 'x',
              successorId: randomUUID(),
              overlapEndsAt: NOW + 9,
            },
            { type: 'first-use', keyId: id, by: 'x' },
          ],
          NOW + 1,
        ),
      );
      expect(await stores.keys.findById(id)).toEqual(before);
    });
  });

  describe('uses', () => {
    it('are added, and move the last use forward only', async () => {
      const { id } = await insert();
      const add = (lastUsedAt: number, lastUsedIp?: string) =>
        stores.usage.applyUsage([
          {
            ...usesOf(id, lastUsedAt, 2),
            lastUsedIp,
            lastUsedUserAgent: lastUsedIp,
          },
        ]);
      await add(NOW, 'first');
      await add(NOW - 5, 'late');
      expect(await stores.keys.findById(id)).toMatchObject({
        lastUsedAt: NOW,
        lastUsedIp: 'first',
        lastUsedUserAgent: 'first',
        useCount: 4,
      });
      await add(NOW + 5);
      const { lastUsedAt, lastUsedIp, useCount } = (await stores.keys.findById(
        id,
      ))!;
      expect({ lastUsedAt, lastUsedIp, useCount }).toEqual({
        lastUsedAt: NOW + 5,
        lastUsedIp: undefined,
        useCount: 6,
      });
    });

    it.each<[string, Partial<ApiKeyRecord>]>([
      ['revoked', { revokedAt: NOW, revokedBy: 'user:default/ada' }],
      ['revoked as leaked', { revokedAt: NOW, revokedReason: 'leaked' }],
      ['rotated out', { revokedAt: NOW, revokedReason: 'rotated' }],
      ['superseded', { revokedAt: NOW, revokedReason: 'superseded' }],
      ['offboarded', { revokedAt: NOW, revokedReason: 'offboarded' }],
      ['expired', { expiresAt: NOW }],
      ['inactive', { inactivityTimeout: 1000 }],
      ['retiring', { overlapEndsAt: NOW, successorId: randomUUID() }],
      ['an unused successor', { predecessorId: randomUUID() }],
    ])(
      'from before the end are added to a key that is %s by now, and change nothing else of it',
      async (_, fields) => {
        const key = await insert(fields);
        const uses = { ...usesOf(key.id, NOW - 5, 3), lastUsedIp: '10.0.0.7' };
        await stores.usage.applyUsage([
          { ...uses, lastUsedUserAgent: 'curl/8' },
        ]);
        await otherStores.usage.applyUsage([usesOf(key.id, NOW - 9)]);
        expect(await stores.keys.findById(key.id)).toEqual({
          ...key,
          lastUsedAt: NOW - 5,
          lastUsedIp: '10.0.0.7',
          lastUsedUserAgent: 'curl/8',
          useCount: 4,
        });
        const usage = await stores.usage.getDailyUsage(key.id, 0);
        expect(usage).toMatchObject([{ plugin: 'catalog', count: 4 }]);
        const events = await knex('api_key_events').where({ key_id: key.id });
        expect(events).toMatchObject([{ type: 'created' }]);
      },
    );

    it('are not added to keys that are gone', async () => {
      const key = await insert();
      await stores.usage.applyUsage([
        usesOf(key.id, NOW),
        usesOf(randomUUID(), NOW),
      ]);
      expect(await stores.keys.findById(key.id)).toMatchObject({ useCount: 1 });
      expect(await knex('api_key_usage')).toHaveLength(1);
    });

    it('are counted by day and plugin, by all replicas together', async () => {
      const { id } = await insert();
      const yesterday = NOW - 24 * 60 * 60 * 1000;
      const daily = [
        { day: NOW, plugin: 'scaffolder', count: 1 },
        { day: NOW, plugin: 'catalog', count: 2 },
        { day: yesterday, plugin: 'catalog', count: 3 },
      ];
      const uses = [{ keyId: id, count: 6, lastUsedAt: NOW, daily }];
      await Promise.all([
        stores.usage.applyUsage(uses),
        otherStores.usage.applyUsage(uses),
      ]);
      expect(await stores.usage.getDailyUsage(id, yesterday)).toEqual([
        { day: yesterday, plugin: 'catalog', count: 6 },
        { day: NOW, plugin: 'catalog', count: 4 },
        { day: NOW, plugin: 'scaffolder', count: 2 },
      ]);
      expect(await stores.usage.getDailyUsage(id, NOW)).toHaveLength(2);
      const { owner } = (await stores.keys.findById(id))!;
      for (const scope of [
        { owners: 'everybody' as const },
        { owners: [owner] },
      ]) {
        expect(await stores.usage.getTotalUsage(scope, yesterday)).toEqual(
          new Map([
            [yesterday, 6],
            [NOW, 6],
          ]),
        );
      }
      expect(
        await stores.usage.getTotalUsage({ owners: [] }, yesterday),
      ).toEqual(new Map());
    });

    it('are not counted for keys that are not there', async () => {
      await stores.usage.applyUsage([usesOf(randomUUID(), NOW)]);
      expect(await knex('api_key_usage')).toEqual([]);
    });
  });
});
