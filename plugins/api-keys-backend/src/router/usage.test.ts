import { TestDatabases } from '@backstage/backend-test-utils';
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

  it('tells which plugins a key was used for, and how often', async () => {
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

  it('goes back as many days as are asked for, including today', async () => {
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

  it('is nobody else’s business', async () => {
    const { key } = await portal.createKey('ada');
    await usageOf(key.id, await portal.signIn('linus')).expect(404);
    await portal.call('get', `${KEYS}/${key.id}/usage`).expect(401);
  });
});
