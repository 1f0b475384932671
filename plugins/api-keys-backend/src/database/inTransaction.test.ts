import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { ChangeTracker } from './ChangeTracker';
import { inTrackedTransaction, inTransaction } from './inTransaction';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'a transaction of an operation on %s',
  databaseId => {
    let knex: Knex;
    let tracker: ChangeTracker;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await knex.schema.createTable('things', table => {
        table.integer('id').primary();
      });
    });

    beforeEach(async () => {
      await knex('things').delete();
      tracker = new ChangeTracker();
    });

    const count = async () => (await knex('things')).length;
    const insert = (during: () => unknown = () => {}) =>
      tracker.run(() =>
        inTrackedTransaction(knex, async tx => {
          await tx('things').insert({ id: 1 });
          await during();
        }),
      );

    it('has made a change once it is committed', async () => {
      await insert(() => expect(tracker.mayHaveChanged).toBe(false));
      expect(tracker.mayHaveChanged).toBe(true);
      expect(tracker.isInTransaction).toBe(false);
      expect(await count()).toBe(1);
    });

    it('is rolled back when the operation was given up meanwhile, and has made no change', async () => {
      await expect(insert(() => tracker.close())).rejects.toThrow('given up');
      expect(tracker.mayHaveChanged).toBe(false);
      expect(tracker.isInTransaction).toBe(false);
      expect(await count()).toBe(0);
    });

    it('has made no change when it fails before it is committed', async () => {
      const failing = insert(async () => {
        expect(tracker.isInTransaction).toBe(true);
        throw new Error('a rule');
      });
      await expect(failing).rejects.toThrow('a rule');
      expect(tracker.mayHaveChanged).toBe(false);
      expect(tracker.isInTransaction).toBe(false);
      expect(await count()).toBe(0);
    });

    it('is not given up with an operation that it is not part of', async () => {
      tracker.close();
      await tracker.run(() =>
        inTransaction(knex, async tx => tx('things').insert({ id: 2 })),
      );
      expect(await count()).toBe(1);
    });
  },
);
