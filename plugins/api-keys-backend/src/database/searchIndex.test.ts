import { randomUUID } from 'node:crypto';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { whereFilter } from './keyFilter';

// SQLite has no trigrams.
const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;
const directory = resolvePackagePath(
  'backstage-plugin-api-keys-backend',
  'migrations',
);

onPostgres('search on PostgreSQL', () => {
  const opened: Knex[] = [];

  afterEach(async () => {
    await Promise.all(opened.splice(0).map(knex => knex.destroy()));
  });

  /** Opens a second connection pool to the same database. */
  function reopen(knex: Knex, settings: object, connection: object = {}) {
    const { config } = knex.client;
    const other = knexFactory({
      ...config,
      ...settings,
      connection: { ...config.connection, ...connection },
    });
    opened.push(other);
    return other;
  }

  async function planOf(knex: Knex): Promise<string> {
    // On a small table, PostgreSQL uses no index unless scans are disabled.
    await knex.raw('set enable_seqscan = off');
    const query = knex('api_keys').modify(q =>
      whereFilter(q, { text: 'Payments' }, 0),
    );
    const { rows } = await knex.raw(`explain ${query.toQuery()}`);
    return JSON.stringify(rows);
  }

  it('uses an index', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.migrate.latest({ directory });
    expect(await planOf(knex)).toMatch('api_keys_search_text_idx');
  });

  it('uses an index if the extension is in another schema', async () => {
    const knex = await databases.init('POSTGRES_18');
    await knex.raw('create schema "Extras"');
    await knex.raw('create extension pg_trgm schema "Extras"');
    await knex.raw('create schema plugin');
    const plugin = reopen(knex, { searchPath: ['plugin'] });
    await plugin.migrate.latest({ directory });
    expect(await planOf(plugin)).toMatch('api_keys_search_text_idx');
  });

  it('scans all keys if the plugin may not create the extension', async () => {
    const knex = await databases.init('POSTGRES_18');
    const user = `api-keys-${randomUUID()}`;
    const password = randomUUID();
    await knex.raw(`create role ?? login password '${password}'`, [user]);
    await knex.raw('grant create on schema public to ??', [user]);
    const warn = jest.fn();
    const plugin = reopen(knex, { log: { warn } }, { user, password });
    await plugin.migrate.latest({ directory });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('pg_trgm'));
    expect(await planOf(plugin)).not.toMatch('api_keys_search_text_idx');

    await plugin.migrate.rollback({ directory }, true);
    expect(await plugin.schema.hasTable('api_keys')).toBe(false);
    await knex.raw('drop owned by ??', [user]);
    await knex.raw('drop role ??', [user]);
  });
});
