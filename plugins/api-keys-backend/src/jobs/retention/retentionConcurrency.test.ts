import { setImmediate as nextTurn } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { usesOf } from '../../__testUtils__/keys';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import {
  BY_OWNER,
  maker,
  serviceOn,
  ServiceReplica,
} from '../../__testUtils__/serviceOn';
import { DAY } from '../../lifecycle/time';
import { Retention } from './Retention';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const MAKER = maker(ADA);
const KEPT = 30 * DAY;
const EVENTS = 20_000;

describe.each(databases.eachSupportedId())(
  'during retention on %s,',
  databaseId => {
    let replicas: Replicas;
    let knex: Knex;
    let replica: ServiceReplica;
    let retention: Retention;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      knex = replicas.knex;
      replica = serviceOn(replicas.stores[0]);
      retention = new Retention({
        database: replicas.stores[1].retention,
        logger: mockServices.logger.mock(),
        keysKept: KEPT,
        eventsKept: KEPT,
      });
    });

    beforeEach(async () => {
      await knex('api_keys').delete();
      await knex('api_key_events').delete();
    });

    afterAll(() => replicas.stop());

    const create = () => replica.service.create(ADA, { name: 'ci' }, MAKER);
    const createForLinus = () =>
      replica.service.create(LINUS, { name: 'ci' }, maker(LINUS));
    const endLongAgo = (id: string) =>
      knex('api_keys')
        .where({ id })
        .update({ revoked_at: Date.now() - KEPT - DAY });
    const idsLeft = () => knex('api_keys').pluck('id');

    it('keys are verified, used and changed while many rows are deleted', async () => {
      const { key, secret } = await create();
      // Key of another owner: retention skips an owner whose keys are being changed at that moment, until its next run.
      const { key: dead } = await createForLinus();
      await endLongAgo(dead.id);
      const old = {
        at: 0,
        category: 'AUDIT',
        type: 'updated',
        key_id: key.id,
        owner: ADA,
        details: '{}',
      };
      await knex.batchInsert('api_key_events', Array(EVENTS).fill(old), 200);
      await replicas.warmUp();

      let isOver = false;
      const run = retention.run().finally(() => {
        isOver = true;
      });
      let meanwhile = 0;
      while (!isOver) {
        const { verified } = await useAndChange();
        expect(verified).toBe(true);
        if (!isOver) meanwhile += 1;
        // SQLite answers without yielding to the event loop, unlike requests.
        await nextTurn();
      }
      await run;

      expect(meanwhile).toBeGreaterThan(0);
      expect(await knex('api_key_events').where({ at: 0 })).toEqual([]);
      expect(await idsLeft()).toEqual([key.id]);

      async function useAndChange() {
        const verified = await replica.use(secret);
        await replica.stores.usage.applyUsage([usesOf(key.id, Date.now())]);
        await replica.service.update(key, { name: 'ci again' }, ADA);
        return { verified };
      }
    });

    it('the secret of a key that was deleted is unknown', async () => {
      const { key, secret } = await create();
      await endLongAgo(key.id);
      expect(await replica.verifier.verify(secret)).toMatchObject({
        reason: expect.stringContaining('was revoked on'),
      });

      await retention.run();
      expect(await replica.verifier.verify(secret)).toEqual({
        accepted: false,
        reason: 'The API key is unknown',
      });
    });

    it('a key whose predecessor was deleted is used for the first time, and rotated', async () => {
      const { key: predecessor } = await create();
      const { key, secret } = await replica.service.rotate(
        predecessor,
        BY_OWNER,
        MAKER,
      );
      await endLongAgo(predecessor.id);
      await retention.run();
      expect(await idsLeft()).toEqual([key.id]);

      expect(await replica.use(secret)).toBe(true);
      expect(
        (await replica.stores.keys.findById(key.id))!.firstUsedAt,
      ).toBeDefined();
      const successor = await replica.service.rotate(key, BY_OWNER, MAKER);
      expect(await replica.use(successor.secret)).toBe(true);
      expect(await replica.use(secret)).toBe(false);
    });
  },
);

const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

onPostgres('retention beside a change that takes its time', () => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await startReplicas(databases, 'POSTGRES_18');
  });

  afterAll(() => replicas.stop());

  it('does not wait for it, and comes back to its owner later', async () => {
    const { knex, stores } = replicas;
    const { service } = serviceOn(stores[0]);
    const keys = [
      await service.create(ADA, { name: 'ci' }, MAKER),
      await service.create(LINUS, { name: 'ci' }, maker(LINUS)),
    ];
    await knex('api_keys').update({ revoked_at: 0 });
    const retention = new Retention({
      database: replicas.stores[1].retention,
      logger: mockServices.logger.mock(),
      keysKept: KEPT,
      eventsKept: KEPT,
    });

    await stores[0].keys.withOwnerLock(ADA, () => retention.run());
    expect(await knex('api_keys').pluck('id')).toEqual([keys[0].key.id]);
    expect(await knex('api_key_owners').pluck('owner')).toEqual([ADA]);

    await retention.run();
    expect(await knex('api_keys')).toEqual([]);
    expect(await knex('api_key_owners')).toEqual([]);
  });
});
