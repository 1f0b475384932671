import { TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { aKey } from '../../__testUtils__/keys';
import {
  endBackoff,
  fakeDate,
  FakeNotifications,
  warnerOn,
} from '../../__testUtils__/warnerOn';
import { toRow } from '../../database/rows';
import { ApiKeyRecord } from '../../lifecycle/ApiKeyRecord';
import { DAY } from '../../lifecycle/time';
import { CLAIM_LEASE } from '../../lifecycle/warningPlan';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const NOW = Date.UTC(2030, 5, 1, 12);
const HOUR = DAY / 24;
const ADA = 'user:default/ada';
const GRACE = 'user:default/grace';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';

describe.each(databases.eachSupportedId())('KeyWarner on %s', databaseId => {
  let knex: Knex;
  let notifications: FakeNotifications;
  let replica: Awaited<ReturnType<typeof warnerOn>>;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
  });
  beforeEach(async () => {
    notifications = new FakeNotifications();
    const database = { getClient: async () => knex };
    replica = await warnerOn(database, notifications);
    await knex('api_key_warnings').delete();
    await knex('api_key_events').delete();
    await knex('api_keys').delete();
    fakeDate(NOW);
  });
  afterEach(() => jest.useRealTimers());

  const run = (signal?: AbortSignal) => replica.run(signal);
  const told = () => notifications.sent.map(({ to }) => to).sort();

  async function given(...keys: Partial<ApiKeyRecord>[]) {
    const made = keys.map(fields =>
      aKey({ createdAt: NOW - 90 * DAY, ...fields }),
    );
    for (const key of made) await knex('api_keys').insert(toRow(key, key.id));
    return made;
  }
  const failFor = (...owners: string[]) => {
    notifications.before = async ({ to }) => {
      if (owners.includes(to)) throw new Error('The mail room is closed');
    };
  };

  describe('what it says', () => {
    it('names the key, when it ends, how it is used, and where to rotate it', async () => {
      const [{ id }] = await given({
        name: 'deploy',
        expiresAt: NOW + 3 * DAY,
        lastUsedAt: NOW - 2 * HOUR,
        lastUsedIp: '203.0.113.7',
      });
      await run();
      expect(notifications.sent).toEqual([
        {
          to: ADA,
          title: 'API key “deploy” expires in 3 days',
          description:
            'It expires in 3 days, on 4 Jun 2030 12:00 UTC. Last used 2 hours ago from 203.0.113.7. Rotate it to get a new secret, and put that wherever the old one is used.',
          link: `/api-keys/${id}?do=rotate`,
          severity: 'normal',
          topic: 'api-key-ending',
          scope: expect.stringMatching(/^api-keys:event:\d+$/),
        },
      ]);
    });

    it('of a key that nobody uses, where to keep it alive', async () => {
      const [{ id }] = await given({
        name: 'deploy',
        owner: TEAM,
        inactivityTimeout: 90 * DAY + 2 * HOUR,
      });
      await run();
      expect(notifications.sent).toMatchObject([
        {
          to: TEAM,
          title: 'API key “deploy” goes inactive in 2 hours',
          description:
            'It stops working in 2 hours, on 1 Jun 2030 14:00 UTC, because nobody uses it. Never used. It belongs to group:default/team-a. Use it or keep it alive if it is still needed.',
          link: `/api-keys/${id}?do=keep-alive`,
          severity: 'high',
        },
      ]);
    });

    it('of a key that has expired, where to make another one like it', async () => {
      const [{ id }] = await given({ name: 'deploy', expiresAt: NOW });
      await run();
      expect(notifications.sent).toMatchObject([
        {
          title: 'API key “deploy” has expired',
          description: expect.stringMatching(
            /^It expired less than a minute ago, on 1 Jun 2030 12:00 UTC, /,
          ),
          link: `/api-keys?from=${id}`,
        },
      ]);
    });

    it('is one message to an owner of many keys, each with its end, its last use and its link', async () => {
      const days = [7, 2, 9, 5, 11, 3, 13];
      const keys = await given(
        ...days.map(day => ({
          name: `in-${day}`,
          expiresAt: NOW + day * DAY,
          ...(day < 5 && {
            lastUsedAt: NOW - 2 * DAY,
            lastUsedIp: '203.0.113.7',
          }),
        })),
      );
      await run();
      const linkOf = (name: string) => {
        const { id } = keys.find(key => key.name === name)!;
        return `https://portal.example.com/api-keys/${id}?do=rotate`;
      };
      expect(notifications.sent).toHaveLength(1);
      expect(notifications.sent).toMatchObject([
        { title: '7 of your API keys expire soon', link: '/api-keys' },
      ]);
      expect(notifications.sent[0].description!.split('\n')).toEqual([
        `• “in-2” expires in 2 days, on 3 Jun 2030 12:00 UTC, last used 2 days ago from 203.0.113.7: ${linkOf(
          'in-2',
        )}`,
        `• “in-3” expires in 3 days, on 4 Jun 2030 12:00 UTC, last used 2 days ago from 203.0.113.7: ${linkOf(
          'in-3',
        )}`,
        ...[5, 7, 9, 11, 13].map(
          day =>
            `• “in-${day}” expires in ${day} days, on ${
              1 + day
            } Jun 2030 12:00 UTC, never used: ${linkOf(`in-${day}`)}`,
        ),
      ]);
      const events = await knex('api_key_events').where({ type: 'warned' });
      expect(events).toHaveLength(days.length);
    });

    it('names each of 300 keys once, in messages that every channel takes', async () => {
      const names = Array.from({ length: 300 }, (_, i) => `key number ${i}`);
      await given(
        ...names.map((name, i) => ({
          name,
          expiresAt: NOW + DAY + i * HOUR,
        })),
      );
      // The third message fails: messages that were sent are not repeated, and none is lost.
      let tries = 0;
      notifications.before = async () => {
        tries += 1;
        if (tries === 3) throw new Error('The mail room is closed');
      };
      await run();
      expect(notifications.sent).toHaveLength(2);
      await endBackoff(knex);
      await run();
      await run();
      const lines = notifications.sent
        .flatMap(({ description }) => description!.split('\n'))
        .filter(line => line.startsWith('•'));
      expect(lines).toHaveLength(300);
      const named = lines.map(line => line.match(/“(.*)”/)![1]);
      expect(named).toEqual(names);
      for (const { description } of notifications.sent) {
        expect(description!.length).toBeLessThan(3000);
      }
      const scopes = notifications.sent.map(({ scope }) => scope);
      expect(new Set(scopes).size).toBe(scopes.length);
    });

    it('is that they need attention, of keys that end in different ways', async () => {
      await given(
        { expiresAt: NOW + DAY },
        { expiresAt: NOW - DAY },
        { inactivityTimeout: 91 * DAY },
      );
      await run();
      expect(notifications.sent).toMatchObject([
        { title: '3 of your API keys need attention' },
      ]);
    });

    it('is nothing that a mail or a chat takes for markup, whatever a key is called', async () => {
      const name = '</b><img src=x onerror="alert(1)"> &amp; <!channel>';
      const [{ id }] = await given({ name, expiresAt: NOW + DAY });
      await given({ name, owner: GRACE, expiresAt: NOW + DAY });
      await given({ name, owner: GRACE, expiresAt: NOW + 2 * DAY });
      await run();
      expect(notifications.sent).toHaveLength(2);
      for (const { title, description } of notifications.sent) {
        expect(`${title}${description}`).not.toMatch(/[<>&]/);
        expect(`${title}${description}`).toContain('onerror');
      }
      expect(notifications.sent.map(({ link }) => link).sort()).toEqual([
        '/api-keys',
        `/api-keys/${id}?do=rotate`,
      ]);
    });
  });

  it('records in the trail of a key that its owner was warned, and counts it', async () => {
    const [{ id }] = await given({ expiresAt: NOW + 3 * DAY });
    await run();
    const events = await knex('api_key_events');
    expect(events).toMatchObject([
      {
        type: 'warned',
        category: 'AUDIT',
        key_id: id,
        owner: ADA,
        actor: null,
      },
    ]);
    expect(JSON.parse(events[0].details)).toEqual({
      kind: 'expiry',
      endsAt: '2030-06-04T12:00:00.000Z',
      threshold: 'P3D',
    });
    expect(replica.onWarned.mock.calls).toEqual([[1, 'expiry']]);
  });

  it('retries failed warnings, and no others', async () => {
    await given(
      { owner: ADA, expiresAt: NOW + DAY },
      { owner: GRACE, expiresAt: NOW + DAY },
      { owner: LINUS, expiresAt: NOW + DAY },
    );
    failFor(GRACE);
    await run();
    expect(told()).toEqual([ADA, LINUS]);
    failFor();
    await endBackoff(knex);
    await run();
    await run();
    expect(told()).toEqual([ADA, GRACE, LINUS]);
    expect(await knex('api_key_events')).toHaveLength(3);
  });

  it('sends no warning of a key that was revoked after a failed attempt', async () => {
    const [{ id }] = await given({ owner: ADA, expiresAt: NOW + DAY });
    failFor(ADA);
    await run();
    await knex('api_keys').where({ id }).update({ revoked_at: NOW });
    failFor();
    await endBackoff(knex);
    await run();
    expect(told()).toEqual([]);
  });

  it('stops when its signal is aborted, and leaves the rest to the next run', async () => {
    const owners = Array.from({ length: 120 }, (_, i) => `user:default/u${i}`);
    await given(...owners.map(owner => ({ owner, expiresAt: NOW + DAY })));
    await run(AbortSignal.abort());
    expect(notifications.sent).toHaveLength(50);
    const rows = await knex('api_key_warnings');
    expect(rows).toHaveLength(50);
    expect(rows.every(row => row.sent_at !== null)).toBe(true);
    await run();
    expect(told()).toEqual(owners.sort());
  });

  it('leaves warnings to an older version that has claimed them, until the claim ends', async () => {
    const [{ id }] = await given({ owner: ADA, expiresAt: NOW + DAY });
    await knex('api_key_warnings').insert({
      key_id: id,
      kind: 'expiry',
      ends_at: NOW + DAY,
      threshold: DAY,
      owner: ADA,
      claim_id: 'old',
      claimed_at: NOW,
    });
    await run();
    expect(told()).toEqual([]);
    jest.setSystemTime(NOW + CLAIM_LEASE);
    await run();
    expect(told()).toEqual([ADA]);
  });

  it('deletes claims of ends long past', async () => {
    await given({ expiresAt: NOW + DAY });
    await run();
    jest.setSystemTime(NOW + 7 * DAY);
    await run();
    expect(await knex('api_key_warnings')).toHaveLength(1);
    jest.setSystemTime(NOW + 9 * DAY);
    await run();
    expect(await knex('api_key_warnings')).toEqual([]);
    expect(notifications.sent).toHaveLength(1);
  });
});
