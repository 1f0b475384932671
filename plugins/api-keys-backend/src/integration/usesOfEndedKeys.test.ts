import { setTimeout as sleep } from 'node:timers/promises';
import { TestDatabases } from '@backstage/backend-test-utils';
import notificationsPlugin from '@backstage/plugin-notifications-backend';
import { Notification } from '@backstage/plugin-notifications-common';
import { ApiKey } from 'backstage-plugin-api-keys-common';
import { eventually } from '../__testUtils__/eventually';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
/** Far longer than the test: whatever is written during it is written early. */
const LAST_USED = { resolution: '1 hour' };
const EARLY_MS = 2000;

/** Two replicas; the second one starts and stops. */
describe.each(databases.eachSupportedId())(
  'uses of keys that end on %s',
  databaseId => {
    let replicas: Replicas;
    let portal: TestPortal;
    let ada: string;
    let grace: string;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      portal = await startTestPortal({
        knex: replicas.knex,
        apiKeys: { lastUsed: LAST_USED },
        features: [notificationsPlugin],
      });
      ada = await portal.signIn('ada');
      grace = await portal.signIn('grace');
      // Starts the interval of the resolution.
      const { key, secret } = await portal.createKey('ada');
      await use(secret);
      await expectUses(key.id, 1);
    });

    afterAll(async () => {
      await portal.stop();
      await replicas.stop();
    });

    async function use(secret: string, times = 1, on = portal) {
      for (let i = 0; i < times; i++) {
        await on
          .call('get', '/api/probe/whoami', secret)
          .set('User-Agent', `job/${i + 1}`)
          .expect(200);
      }
    }

    async function keyOf(id: string): Promise<ApiKey> {
      const { body } = await portal.call('get', `${API}/keys/${id}`, ada);
      return body;
    }

    /** Creates a key that was used once, an hour ago at most, so that no further use is urgent. */
    async function usedKey(name = 'ci') {
      const created = await portal.createKey('ada', { name });
      await use(created.secret);
      await eventually(async () => {
        expect(await keyOf(created.key.id)).toMatchObject({ useCount: 1 });
      }, EARLY_MS);
      return created;
    }

    async function countedByDay(id: string): Promise<number> {
      const { body } = await portal.call('get', `${API}/keys/${id}/usage`, ada);
      return body.items.reduce(
        (sum: number, item: { uses: number }) => sum + item.uses,
        0,
      );
    }

    async function expectUses(id: string, uses: number) {
      await eventually(async () => {
        expect(await keyOf(id)).toMatchObject({
          useCount: uses,
          lastUsedAt: expect.any(String),
          lastUsedIp: expect.any(String),
          lastUsedUserAgent: expect.stringMatching(/^job/),
        });
      }, EARLY_MS);
      expect(await countedByDay(id)).toBe(uses);
    }

    it('shows the first use of a key within two seconds, whatever the resolution', async () => {
      const { key, secret } = await portal.createKey('ada');
      expect(await keyOf(key.id)).toMatchObject({ lastUsedAt: null });
      await use(secret);
      await expectUses(key.id, 1);
    });

    it.each<
      [string, number, (key: ApiKey, secret: string) => Promise<unknown>]
    >([
      [
        'its owner',
        0,
        ({ id }) => portal.call('delete', `${API}/keys/${id}`, ada).expect(204),
      ],
      [
        'an admin',
        0,
        ({ id }) =>
          portal
            .call('post', `${API}/admin/revoke`, grace)
            .send({ ids: [id], reason: 'leaked' })
            .expect(200),
      ],
      [
        'whoever has its secret',
        0,
        (_, token) =>
          portal.call('post', `${API}/revoke`).send({ token }).expect(200),
      ],
      [
        'itself, which is a use',
        1,
        (_, secret) => portal.call('delete', `${API}/self`, secret).expect(204),
      ],
    ])(
      'keeps all uses of a key that is revoked by %s',
      async (_, byItself, revoke) => {
        for (const before of [0, 1]) {
          const { key, secret } = await (before
            ? usedKey()
            : portal.createKey('ada'));
          await use(secret, 3);
          await revoke(key, secret);
          const uses = 3 + before + byItself;
          await eventually(async () => {
            expect(await keyOf(key.id)).toMatchObject({
              status: 'revoked',
              useCount: uses,
              lastUsedAt: expect.any(String),
              lastUsedIp: expect.any(String),
            });
          }, EARLY_MS);
          expect(await countedByDay(key.id)).toBe(uses);
          const after = await keyOf(key.id);
          // A denied request with the ended key is no use.
          await portal.call('get', '/api/probe/whoami', secret).expect(401);
          expect(await keyOf(key.id)).toEqual(after);
        }
      },
    );

    it('keeps the uses of a key that its successor ended', async () => {
      const { key, secret } = await usedKey();
      const { body } = await portal
        .call('post', `${API}/keys/${key.id}/rotate`, ada)
        .send({})
        .expect(201);
      await use(secret, 2);
      await use(body.secret, 1);
      await expectUses(key.id, 3);
      await expectUses(body.key.id, 1);
      expect(await keyOf(key.id)).toMatchObject({ revokedReason: 'rotated' });
    });

    it('includes pending uses in the lookup of a secret, without a delay', async () => {
      const { secret } = await usedKey();
      await use(secret, 2);
      for (const [path, token] of [
        ['admin/lookup', grace],
        ['keys/lookup', ada],
      ]) {
        const { body } = await portal
          .call('post', `${API}/${path}`, token)
          .send({ token: secret })
          .expect(200);
        expect(body).toMatchObject({
          useCount: 3,
          lastUsedUserAgent: 'job/2',
        });
      }
    });

    it('notifies the owner of a revoked key of its last use', async () => {
      const { key, secret } = await portal.createKey('ada', { name: 'stolen' });
      await use(secret);
      await portal
        .call('post', `${API}/admin/revoke`, grace)
        .send({ ids: [key.id], reason: 'leaked' })
        .expect(200);
      await eventually(async () => {
        const { body } = await portal.call(
          'get',
          '/api/notifications?topic=api-key-leaked',
          ada,
        );
        const notices: Notification[] = body.notifications;
        const notice = notices.find(({ payload }) =>
          payload.title.includes('“stolen”'),
        );
        expect(notice?.payload.description).toMatch(/last used .* ago/);
      });
    });

    describe('on another replica', () => {
      let other: TestPortal;

      beforeEach(async () => {
        other = await startTestPortal({
          knex: await replicas.databases[1].getClient(),
          apiKeys: {
            lastUsed: LAST_USED,
            // SQLite supports only one backend, which does not poll for changes.
            ...(databaseId === 'SQLITE_3' && {
              verification: { maxStaleness: 0 },
            }),
          },
        });
      });

      afterEach(() => other.stop());

      /** Creates a key with two unwritten uses on the other replica, and a written one. */
      async function keyWithWaitingUses() {
        const created = await portal.createKey('ada');
        await use(created.secret, 1, other);
        await expectUses(created.key.id, 1);
        await use(created.secret, 2, other);
        return created;
      }

      it('are written at its shutdown, after the revocation', async () => {
        const { key } = await keyWithWaitingUses();
        await portal.call('delete', `${API}/keys/${key.id}`, ada).expect(204);
        await sleep(EARLY_MS);
        expect(await keyOf(key.id)).toMatchObject({ useCount: 1 });
        await other.stop();
        await expectUses(key.id, 3);
        expect(await keyOf(key.id)).toMatchObject({ status: 'revoked' });
      });

      it('are written when it denies the ended key', async () => {
        const { key, secret } = await keyWithWaitingUses();
        await portal.call('delete', `${API}/keys/${key.id}`, ada).expect(204);
        let late = 0;
        await eventually(async () => {
          const { status } = await other.call(
            'get',
            '/api/probe/whoami',
            secret,
          );
          if (status === 200) late += 1;
          expect(status).toBe(401);
        });
        await eventually(async () => {
          expect(await keyOf(key.id)).toMatchObject({ useCount: 3 + late });
        }, EARLY_MS);
      });
    });
  },
);
