import { TestDatabases } from '@backstage/backend-test-utils';
import { aKey } from '../__testUtils__/keys';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import {
  fakeDate,
  FakeNotifications,
  warnerOn,
} from '../__testUtils__/warnerOn';
import { toRow } from '../database/rows';
import { DAY } from '../lifecycle/time';
import { CLAIM_LEASE, planOf } from './rules';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.UTC(2030, 5, 1);
const ROUNDS = 50;
const OWNERS = 12;
const PLAN = planOf({
  beforeExpiry: [DAY, 3 * DAY, 14 * DAY],
  beforeInactivity: [],
  afterExpiry: false,
});

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

  /** Each owner has a key that is due, or three. */
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

  /** What was sent: to whom, by which warning. */
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
      await Promise.all(warners.map(({ warner }) => warner.run()));
      expectOnce(owners);
      expect(await warned()).toEqual(owners.sort());
    }
  });

  it('send nothing twice when one run is timed out while it sends', async () => {
    const owners = await given();
    const timeout = new AbortController();
    let release = () => {};
    const sending = new Promise<void>(started => {
      const held = new Promise<void>(resolve => {
        release = resolve;
      });
      notifications.before = () => {
        started();
        return held;
      };
    });
    const timedOut = warners[0].warner.run(timeout.signal);
    await sending;
    timeout.abort();
    const other = new FakeNotifications();
    const next = await warnerOn(replicas.databases[1], other);
    await next.warner.run();
    release();
    await timedOut;
    await next.warner.run();
    notifications.sent.push(...other.sent);
    expectOnce(owners);
    expect(await warned()).toEqual(owners.sort());
  });

  it('send what was claimed by one that died, once its lease is over', async () => {
    const owners = await given();
    const [dead] = owners;
    await warners[0].warnings.claim(PLAN, [dead], NOW);
    await warners[1].warner.run();
    expectOnce(owners.filter(owner => owner !== dead));

    jest.setSystemTime(NOW + CLAIM_LEASE - 1);
    await warners[1].warner.run();
    expectOnce(owners.filter(owner => owner !== dead));

    jest.setSystemTime(NOW + CLAIM_LEASE);
    await Promise.all(warners.map(({ warner }) => warner.run()));
    expectOnce(owners);
    expect(await warned()).toEqual(owners.sort());
  });

  it('do not take what one that is late has sent for theirs, nor the other way round', async () => {
    const [owner] = await given();
    const [late] = await warners[0].warnings.claim(PLAN, [owner], NOW);
    jest.setSystemTime(NOW + CLAIM_LEASE);
    const [taken] = await warners[1].warnings.claim(PLAN, [owner], Date.now());
    expect(taken.keys).toBe(late.keys);
    await warners[0].warnings.markSent(late, Date.now());
    await warners[0].warnings.release(late);
    expect(await warned()).toEqual([]);
    await warners[1].warnings.markSent(taken, Date.now());
    await warners[1].warnings.markSent(taken, Date.now());
    expect(await warned()).toEqual([owner, owner, owner]);
  });
});
