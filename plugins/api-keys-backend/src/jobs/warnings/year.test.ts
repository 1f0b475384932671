import { TestDatabases } from '@backstage/backend-test-utils';
import { usesOf } from '../../__testUtils__/keys';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import { maker, serviceOn } from '../../__testUtils__/serviceOn';
import {
  fakeDate,
  FakeNotifications,
  warnerOn,
} from '../../__testUtils__/warnerOn';
import { DAY, toIsoTime } from '../../lifecycle/time';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const START = Date.UTC(2030, 0, 1, 9);
const ADA = 'user:default/ada';
const MAKER = maker(ADA);

describe.each(databases.eachSupportedId())('a year on %s', databaseId => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => replicas.stop());

  it('of a key: its owner is notified of each end once for each threshold, and of the new end when it moves', async () => {
    const notifications = new FakeNotifications();
    const [stores] = replicas.stores;
    const { service, use } = serviceOn(stores);
    const both = await Promise.all(
      replicas.databases.map(one => warnerOn(one, notifications)),
    );
    fakeDate(START);
    let current = await service.create(
      ADA,
      { name: 'deploy', expiresIn: 'P60D', inactivityTimeout: 'P30D' },
      MAKER,
    );
    const at = (day: number) => toIsoTime(START + day * DAY);
    const isUsed = () =>
      stores.usage.applyUsage([usesOf(current.key.id, Date.now())]);
    const happens: Record<number, () => Promise<unknown>> = {
      59: () => service.setExpiry(current.key, at(120), 'user:default/admin'),
      117: async () => {
        const request = { rotatedBy: 'owner', expiresIn: 'P100D' } as const;
        current = await service.rotate(current.key, request, MAKER);
      },
      118: async () => {
        await use(current.secret);
        await isUsed();
      },
      147: isUsed,
      176: () => service.keepAlive(current.key, ADA),
      205: isUsed,
      207: () => service.update(current.key, { expiresAt: at(213) }, ADA),
    };

    const heard: Record<number, string> = {};
    for (let day = 0; day <= 365; day++) {
      jest.setSystemTime(START + day * DAY);
      if (day % 5 === 0 && day < 117) await isUsed();
      jest.setSystemTime(START + (day + 0.5) * DAY);
      // Runs both replicas at once, and one of them again.
      await Promise.all(both.map(one => one.run()));
      await both[0].run();
      const titles = notifications.sent.splice(0).map(({ title }) => title);
      if (titles.length > 0) heard[day] = titles.join(' and ');
      jest.setSystemTime(START + (day + 0.75) * DAY);
      await happens[day]?.();
    }
    expect(heard).toEqual({
      46: 'API key “deploy” expires in 14 days',
      57: 'API key “deploy” expires in 3 days',
      59: 'API key “deploy” expires in 12 hours',
      // Extended.
      106: 'API key “deploy” expires in 14 days',
      117: 'API key “deploy” expires in 3 days',
      // Rotated: no more warnings of the old key, whose end comes before it is inactive.
      146: 'API key “deploy” goes inactive in 2 days',
      // Used.
      175: 'API key “deploy” goes inactive in 2 days',
      // Put off. This warning is of both ends.
      204: 'API key “deploy” goes inactive in 2 days',
      // Used, and shortened by a policy.
      208: 'API key “deploy” expires in 5 days',
      210: 'API key “deploy” expires in 3 days',
      212: 'API key “deploy” expires in 12 hours',
      213: 'API key “deploy” has expired',
    });
    const events = await replicas
      .knex('api_key_events')
      .where({ type: 'warned' })
      .orderBy('id');
    const kinds = events.map(({ details }) => JSON.parse(details).kind);
    expect(kinds.slice(0, 7)).toEqual([
      ...Array(5).fill('expiry'),
      ...Array(2).fill('inactivity'),
    ]);
    expect(kinds.slice(7, 9).sort()).toEqual(['expiry', 'inactivity']);
    expect(kinds.slice(9)).toEqual([...Array(3).fill('expiry'), 'expired']);
  });
});
