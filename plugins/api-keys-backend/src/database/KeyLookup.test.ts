import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { maker, serviceOn } from '../__testUtils__/serviceOn';
import { openStores } from './stores';
import { KeyLookup } from './KeyLookup';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const ADA = 'user:default/ada';
const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

onPostgres('the statement that finds a key by its secret', () => {
  let shared: Knex;
  /** A pool of one connection, so that each statement is known to run on it. */
  let knex: Knex;
  let keyId: string;
  let digest: string;
  let keys: KeyLookup;
  let names: (string | undefined)[];

  beforeAll(async () => {
    shared = await databases.init('POSTGRES_18');
    const stores = await openStores({
      database: { getClient: async () => shared },
    });
    const { service } = serviceOn(stores);
    const { key } = await service.create(ADA, { name: 'ci' }, maker(ADA));
    keyId = key.id;
    ({ secret_digest: digest } = await shared('api_keys').first());
  });

  beforeEach(() => {
    knex = knexFactory({ ...shared.client.config, pool: { min: 1, max: 1 } });
    names = [];
    knex.on('query', ({ options }) => names.push(options?.name));
    keys = new KeyLookup(knex);
  });

  afterEach(() => knex.destroy());

  const find = async () => {
    expect(await keys.findForVerification([digest])).toMatchObject({
      id: keyId,
    });
  };
  const prepared = async () => {
    const { rows } = await knex.raw(
      'select name from pg_prepared_statements order by name',
    );
    return rows.map((row: { name: string }) => row.name);
  };

  it('is prepared once for a connection', async () => {
    await find();
    await find();
    expect(await prepared()).toEqual(['api-keys-verification-1']);
  });

  it('is another one for each number of peppers', async () => {
    await find();
    expect(await keys.findForVerification(['other', digest])).toMatchObject({
      id: keyId,
    });
    expect(await prepared()).toEqual([
      'api-keys-verification-1',
      'api-keys-verification-2',
    ]);
  });

  it('stops preparing after a statement was not found on its connection, and still finds the key', async () => {
    await find();
    // Simulates a pooler that runs the next statement on another connection.
    await knex.raw('deallocate all');
    await find();
    await find();
    expect(await prepared()).toEqual([]);
  });

  it('stops preparing after another client has prepared the statement', async () => {
    await knex.raw('prepare "api-keys-verification-1" as select 1');
    await find();
    await find();
    expect(names.filter(Boolean)).toEqual(['api-keys-verification-1']);
  });

  it('keeps working when the table has changed since it was prepared', async () => {
    await find();
    await shared.schema.alterTable('api_keys', table => {
      table.string('another');
    });
    await find();
    await shared.raw('alter table api_keys alter revoked_reason type text');
    await find();
    await shared.schema.alterTable('api_keys', table => {
      table.dropColumn('another');
    });
  });

  it('passes on every other failure, and prepares the statement the next time', async () => {
    await shared.schema.renameTable('api_keys', 'away');
    await expect(keys.findForVerification([digest])).rejects.toThrow(
      'not exist',
    );
    await shared.schema.renameTable('away', 'api_keys');
    names = [];
    await find();
    expect(names).toEqual(['api-keys-verification-1']);
  });
});
