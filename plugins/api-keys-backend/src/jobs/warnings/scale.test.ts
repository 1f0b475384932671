import { randomUUID } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import { aKey } from '../../__testUtils__/keys';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import { FakeNotifications, warnerOn } from '../../__testUtils__/warnerOn';
import { toRow } from '../../database/rows';
import { DAY } from '../../lifecycle/time';

const databases = TestDatabases.create({ ids: ['POSTGRES_18'] });
const OWNERS = 9000;
const OWNER_OF_MANY = 'user:default/user-0';
const KEYS_OF_MANY = 1001;
const KEYS = OWNERS + KEYS_OF_MANY - 1;

describe.each(databases.eachSupportedId())('on %s', databaseId => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
  });
  afterAll(() => replicas.stop());

  it(`one run warns ${OWNERS} owners of ${KEYS} keys, the most urgent first`, async () => {
    const { knex } = replicas;
    const now = Date.now();
    const rows = Array.from({ length: KEYS }, (_, i) => {
      const id = randomUUID();
      const key = aKey({
        id,
        owner: `user:default/user-${i < OWNERS ? i : 0}`,
        createdAt: now - 90 * DAY,
        expiresAt: now + DAY / 2 + ((i * 7919) % KEYS) * 100_000,
      });
      return toRow(key, id);
    });
    await knex.batchInsert('api_keys', rows, 500);
    await knex.raw('analyze api_keys');

    const notifications = new FakeNotifications();
    const { run, onWarned } = await warnerOn(
      replicas.databases[0],
      notifications,
    );

    await run();

    expect(new Set(notifications.sent.map(({ to }) => to)).size).toBe(OWNERS);
    const firsts = notifications.sent.filter(
      ({ title }) => !/\((?!1 )\d+ of /.test(title),
    );
    expect(firsts).toHaveLength(OWNERS);
    const ends = new Map(
      rows
        .map(({ owner, expires_at: end }) => [owner, Number(end)] as const)
        .sort(([, a], [, b]) => b - a),
    );
    expect(inOrder(firsts.map(({ to }) => ends.get(to)!))).toBe(true);
    const many = notifications.sent.filter(({ to }) => to === OWNER_OF_MANY);
    expect(many.length).toBeLessThanOrEqual(25);
    expect(many[0].title).toBe(
      `${KEYS_OF_MANY} of your API keys expire soon (1 of ${many.length})`,
    );
    expect(many.at(-1)!.description).toMatch(/\nand \d+ more: /);
    const [{ count }] = await knex('api_key_events').count({ count: '*' });
    expect(Number(count)).toBe(KEYS);
    expect(onWarned.mock.calls.reduce((sum, [n]) => sum + n, 0)).toBe(KEYS);
  }, 120_000);
});

/** Returns true if the ends are ascending, as far as concurrent sends allow. */
function inOrder(ends: readonly number[]): boolean {
  const sorted = [...ends].sort((a, b) => a - b);
  const places = new Map(sorted.map((end, place) => [end, place]));
  return ends.every((end, i) => Math.abs(places.get(end)! - i) < 500);
}
