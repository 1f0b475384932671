import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const DAY = 24 * 60 * 60 * 1000;

describe.each(databases.eachSupportedId())('usage on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let ada: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      apiKeys: { lastUsed: { resolution: '1 second' } },
    });
    ada = await portal.signIn('ada');
  });

  afterAll(() => portal.stop());

  const usageOf = (id: string, token = ada, query = '') =>
    portal.call('get', `${KEYS}/${id}/usage${query}`, token);

  it('returns the plugins that a key was used for, with the number of uses', async () => {
    const { key, secret } = await portal.createKey('ada');
    const use = (plugin: string) =>
      portal.call('get', `/api/${plugin}/whoami`, secret).expect(200);
    for (const plugin of ['probe', 'other', 'probe']) await use(plugin);
    await eventually(async () => {
      const { body } = await usageOf(key.id).expect(200);
      const day = new Date().toISOString().slice(0, 10);
      expect(body).toEqual({
        items: [
          { day, plugin: 'other', uses: 1 },
          { day, plugin: 'probe', uses: 2 },
        ],
      });
    });
  });

  it('covers as many days as requested, including today', async () => {
    const { key } = await portal.createKey('ada');
    const today = Date.now() - (Date.now() % DAY);
    await knex('api_key_usage').insert(
      [0, 1, 29, 30].map(days => ({
        key_id: key.id,
        day: today - days * DAY,
        plugin: 'catalog',
        uses: days + 1,
      })),
    );
    const usesOf = async (query: string) => {
      const { body } = await usageOf(key.id, ada, query).expect(200);
      return body.items.map((item: { uses: number }) => item.uses);
    };
    expect(await usesOf('?days=1')).toEqual([1]);
    expect(await usesOf('')).toEqual([30, 2, 1]);
    expect(await usesOf('?days=31')).toEqual([31, 30, 2, 1]);
  });

  it('is not found by other users', async () => {
    const { key } = await portal.createKey('ada');
    await usageOf(key.id, await portal.signIn('linus')).expect(404);
    await portal.call('get', `${KEYS}/${key.id}/usage`).expect(401);
  });

  describe('of many keys', () => {
    const USAGE = '/api/api-keys/v1/usage';
    const today = Date.now() - (Date.now() % DAY);
    const isoDay = (daysAgo: number) =>
      new Date(today - daysAgo * DAY).toISOString().slice(0, 10);

    const usedBefore = (id: string, days: number[], plugin = 'catalog') =>
      knex('api_key_usage').insert(
        days.map(daysAgo => ({
          key_id: id,
          day: today - daysAgo * DAY,
          plugin,
          uses: daysAgo + 1,
        })),
      );
    const usesOf = async (ids: string[], query = '', token = ada) => {
      const search = ids.map(id => `keyId=${id}`).join('&');
      const { body } = await portal
        .call('get', `${USAGE}?${search}${query}`, token)
        .expect(200);
      return body.items;
    };

    it('is returned by key and day, for all plugins together', async () => {
      const { key: one } = await portal.createKey('ada');
      const { key: other } = await portal.createKey('ada');
      const { key: unused } = await portal.createKey('ada');
      await usedBefore(one.id, [0, 3]);
      await usedBefore(one.id, [3], 'scaffolder');
      await usedBefore(other.id, [29, 30]);
      const expected = [
        { keyId: one.id, day: isoDay(3), uses: 8 },
        { keyId: one.id, day: isoDay(0), uses: 1 },
        { keyId: other.id, day: isoDay(29), uses: 30 },
      ];
      if (one.id > other.id) expected.push(...expected.splice(0, 2));
      const ids = [one.id.toUpperCase(), other.id, unused.id];
      expect(await usesOf(ids)).toEqual(expected);
      expect(await usesOf(ids, '&days=1')).toEqual([
        { keyId: one.id, day: isoDay(0), uses: 1 },
      ]);
    });

    it('leaves out unknown keys, and those of others', async () => {
      const { key: mine } = await portal.createKey('ada');
      const { key: theirs } = await portal.createKey('linus');
      for (const { id } of [mine, theirs]) await usedBefore(id, [0]);
      const ids = [mine.id, theirs.id, '00000000-0000-4000-8000-000000000000'];
      const own = { keyId: mine.id, day: isoDay(0), uses: 1 };
      expect(await usesOf(ids)).toEqual([own]);
      await portal.call('get', `${USAGE}?keyId=${mine.id}`).expect(401);
    });

    it('needs the permission to read keys', async () => {
      const { key } = await portal.createKey('ada');
      portal.policy.current = ({ permission }) =>
        permission.name === 'api-keys.key.read'
          ? { result: AuthorizeResult.DENY }
          : undefined;
      await portal.call('get', `${USAGE}?keyId=${key.id}`, ada).expect(403);
      portal.policy.current = () => undefined;
    });

    it('requires a key, and at most a page of them', async () => {
      const { key } = await portal.createKey('ada');
      await portal.call('get', USAGE, ada).expect(400);
      const many = Array(201).fill(`keyId=${key.id}`).join('&');
      await portal.call('get', `${USAGE}?${many}`, ada).expect(400);
    });
  });
});
