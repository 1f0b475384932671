import { TestDatabases } from '@backstage/backend-test-utils';
import { aKey } from '../../__testUtils__/keys';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import {
  fakeDate,
  FakeNotifications,
  warnerOn,
} from '../../__testUtils__/warnerOn';
import { toRow } from '../../database/rows';
import { DAY } from '../../lifecycle/time';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.UTC(2030, 5, 1);
const ROUNDS = 50;
const OWNERS = 12;
describe.each(databases.eachSupportedId())('two replicas on %s', databaseId => {
  let replicas: Replicas;
  let notifications: FakeNotifications;
  let warners: Awaited<ReturnType<typeof warnerOn>>[];

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
  });
  beforeEach(async () => {
    await replicas.knex('api_key_warnings').delete();
    await replicas.knex('api_keys').delete();
    await replicas.knex('api_key_events').delete();
    notifications = new FakeNotifications();
    warners = await Promise.all(
      replicas.databases.map(one => warnerOn(one, notifications)),
    );
    await replicas.warmUp();
    fakeDate(NOW);
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => replicas.stop());

  /** Creates owners with one or three due keys each. */
  async function given(): Promise<string[]> {
    const keys = Array.from({ length: OWNERS }, (_, owner) =>
      Array.from({ length: owner % 3 === 0 ? 3 : 1 }, (__, one) =>
        aKey({
          owner: `user:default/user-${owner}`,
          expiresAt: NOW + (owner + one + 1) * (DAY / 3),
          createdAt: NOW - 90 * DAY,
        }),
      ),
    ).flat();
    await replicas.knex('api_keys').insert(keys.map(key => toRow(key, key.id)));
    return keys.map(({ owner }) => owner);
  }

  /** Returns the recipient and the scope of each notification, sorted. */
  const sent = () =>
    notifications.sent.map(({ to, scope }) => `${to} ${scope}`).sort();
  const warned = async () => {
    const rows = await replicas
      .knex('api_key_events')
      .where({ type: 'warned' })
      .select('owner');
    return rows.map(({ owner }) => owner).sort();
  };

  function expectOnce(owners: readonly string[]) {
    expect(new Set(sent()).size).toBe(sent().length);
    const to = notifications.sent.map(notice => notice.to);
    expect(to.sort()).toEqual([...new Set(owners)].sort());
  }

  it(`send each warning once between them, in ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await replicas.knex('api_key_warnings').delete();
      await replicas.knex('api_keys').delete();
      await replicas.knex('api_key_events').delete();
      notifications.sent.splice(0);
      const owners = await given();
      await Promise.all(warners.map(warner => warner.run()));
      // A run that started while the other was sending left the rest to it.
      await warners[0].notify();
      expectOnce(owners);
      expect(await warned()).toEqual(owners.sort());
    }
  }, 180_000);

  it('send warnings that a replica recorded before it died', async () => {
    const owners = await given();
    await warners[0].warner.run();
    expect(notifications.sent).toEqual([]);
    await warners[1].run();
    expectOnce(owners);
    expect(await warned()).toEqual(owners.sort());
  });
});
