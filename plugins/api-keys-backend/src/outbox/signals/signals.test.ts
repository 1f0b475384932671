import { createServiceFactory } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { Knex } from 'knex';
import { eventually } from '../../__testUtils__/eventually';
import { aKey, usesOf } from '../../__testUtils__/keys';
import {
  startTestPortal,
  TestPortal,
} from '../../__testUtils__/startTestPortal';
import { openStores, Stores } from '../../database/stores';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const API = '/api/api-keys/v1';
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const TEAM = 'group:default/team-a';

describe.each(databases.eachSupportedId())('signals on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let publish: jest.Mock;

  beforeAll(async () => {
    publish = jest.fn(async () => {});
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      apiKeys: { lastUsed: { resolution: '1 second' } },
      features: [
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({ publish }),
        }),
      ],
    });
  });

  afterAll(() => portal.stop());

  const told = () =>
    publish.mock.calls.flatMap(([{ recipients }]) => recipients.entityRef);

  /** Returns the recipients of the signals of a change, after it was made. */
  const toldOf = async (change: () => PromiseLike<unknown>) => {
    publish.mockClear();
    await change();
    return told();
  };

  it('reach the owner for everything that happens to a key', async () => {
    const ada = await portal.signIn('ada');
    const grace = await portal.signIn('grace');
    const { key, secret } = await portal.createKey('ada');
    const path = `${API}/keys/${key.id}`;
    const { body: rotated } = await portal
      .call('post', `${path}/rotate`, ada)
      .expect(201);
    const { key: another } = await portal.createKey('ada');
    const changes: [string, () => PromiseLike<unknown>][] = [
      ['create', () => portal.createKey('ada')],
      [
        'change',
        () => portal.call('patch', path, ada).send({ name: 'x' }).expect(200),
      ],
      [
        'keep alive',
        () => portal.call('post', `${path}/keep-alive`, ada).expect(200),
      ],
      [
        'rotate',
        () =>
          portal
            .call('post', `${API}/keys/${another.id}/rotate`, ada)
            .expect(201),
      ],
      [
        'first use',
        () =>
          portal.call('get', '/api/probe/whoami', rotated.secret).expect(200),
      ],
      [
        'set the expiry as an admin',
        () =>
          portal
            .call('patch', `${API}/admin/keys/${another.id}`, grace)
            .send({ expiresAt: new Date(Date.now() + 60_000).toISOString() })
            .expect(200),
      ],
      [
        'policy applied',
        () =>
          portal
            .call(
              'put',
              `${API}/admin/owners/${encodeURIComponent(ADA)}/policy`,
              grace,
            )
            .send({ lifetime: { max: 'P1D' } })
            .expect(200),
      ],
      [
        'revoke as an owner',
        () => portal.call('delete', `${API}/keys/${another.id}`, ada),
      ],
      [
        'revoke as an admin',
        () =>
          portal
            .call('post', `${API}/admin/revoke`, grace)
            .send({ ids: [rotated.key.id], reason: 'admin' })
            .expect(200),
      ],
    ];
    for (const [what, change] of changes) {
      expect([what, ...new Set(await toldOf(change))]).toEqual([what, ADA]);
    }
    expect(secret).toBeDefined();
  });

  it('reach the owner when a finder revokes the secret', async () => {
    const { secret } = await portal.createKey('linus');
    const revoke = () =>
      portal.call('post', `${API}/revoke`).send({ token: secret }).expect(200);
    expect(await toldOf(revoke)).toEqual([LINUS]);
    // The key is revoked already.
    expect(await toldOf(revoke)).toEqual([]);
  });

  it('go to a group for its keys', async () => {
    const create = () => portal.createKey('ada', { owner: TEAM });
    expect(await toldOf(create)).toEqual([TEAM]);
  });

  it('reach the owner when the last use is written', async () => {
    const { secret } = await portal.createKey('linus');
    const use = () =>
      portal.call('get', '/api/probe/whoami', secret).expect(200);
    await use();
    await eventually(async () => {
      const row = await knex('api_keys')
        .where({ owner: LINUS })
        .max('use_count as uses')
        .first();
      expect(Number(row?.uses)).toBe(1);
    });
    // Only the count of uses changes now.
    expect(await toldOf(use)).toEqual([]);
    await eventually(async () => expect(told()).toEqual([LINUS]));
  });

  it('are not sent for refused requests and for lookups', async () => {
    const ada = await portal.signIn('ada');
    const { key } = await portal.createKey('ada');
    const path = `${API}/keys/${key.id}`;
    const requests = async () => {
      await portal.call('get', path, ada).expect(200);
      await portal.call('patch', path, ada).send({ name: ' ' }).expect(400);
      const other = await portal.signIn('linus');
      await portal.call('delete', path, other).expect(404);
    };
    expect(await toldOf(requests)).toEqual([]);
  });

  it('do not make a request fail', async () => {
    publish.mockClear();
    publish.mockRejectedValueOnce(new Error('no bus'));
    publish.mockImplementationOnce(() => {
      throw new Error('no bus at all');
    });
    await portal.createKey('ada');
    await portal.createKey('ada');
    expect(told()).toEqual([ADA, ADA]);
  });

  describe('from the store', () => {
    let changed: (readonly string[])[];
    let stores: Stores;

    beforeEach(async () => {
      changed = [];
      stores = await openStores({
        database: { getClient: async () => knex },
      });
      stores.listeners.add({
        eventsAdded: events => changed.push(events.map(({ owner }) => owner)),
        keysUsed: owners => changed.push(owners),
      });
    });

    it('come after the commit, and not after a rollback', async () => {
      const key = aKey({ owner: LINUS });
      const failing = stores.keys.withOwnerLock(LINUS, async keys => {
        await keys.insert(key, `digest of ${key.id}`);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(changed).toEqual([]);
      await stores.keys.withOwnerLock(LINUS, async keys => {
        await keys.insert(key, `digest of ${key.id}`);
        expect(changed).toEqual([]);
      });
      expect(changed).toEqual([[LINUS]]);
    });

    it('name each owner once for all uses that were written together', async () => {
      const keys = [LINUS, LINUS, ADA].map(owner => aKey({ owner }));
      for (const key of keys) {
        await stores.keys.withOwnerLock(key.owner, owned =>
          owned.insert(key, `digest of ${key.id}`),
        );
      }
      changed = [];
      await stores.usage.applyUsage(
        keys.map(({ id }) => usesOf(id, Date.now())),
      );
      expect(changed.map(owners => [...owners].sort())).toEqual([[ADA, LINUS]]);
    });
  });
});
