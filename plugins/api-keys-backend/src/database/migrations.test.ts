import { TestDatabases } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { openDatabase } from './migrations';

const ROUNDS = 20;
const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });

const open = (knex: Knex) => openDatabase({ getClient: async () => knex });

describe.each(databases.eachSupportedId())(
  'backends that start together on an empty %s',
  databaseId => {
    it('create the tables once, and none of them fails', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const knex = await databases.init(databaseId);
        const pools = [knex, knexFactory(knex.client.config)];
        // Connects first, so that the race is not over new connections.
        await Promise.all(pools.map(pool => pool.raw('select 1')));

        await Promise.all(pools.map(open));

        const applied = await knex('knex_migrations').count();
        expect(await knex('api_keys')).toEqual([]);
        await open(pools[1]);
        expect(await knex('knex_migrations').count()).toEqual(applied);
        await pools[1].destroy();
      }
    });

    it('are not blocked by a backend that was killed during its migrations', async () => {
      const knex = await databases.init(databaseId);
      const [killed, other] = [knex, knex].map(one =>
        knexFactory(one.client.config),
      );
      // Locks the name of a table that the migrations create.
      const holder = await knex.transaction();
      await holder.raw('create table api_keys (id int)');
      const failed = open(killed).catch((error: Error) => error);
      await eventually(async () => {
        const { rows } = await knex.raw(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and wait_event_type = 'Lock'`,
        );
        expect(rows).toHaveLength(1);
      });
      expect(await failed).toBeInstanceOf(Error);
      await holder.rollback();

      await open(other);

      expect(await other('api_keys')).toEqual([]);
      await Promise.all([killed.destroy(), other.destroy()]);
    });
  },
);
