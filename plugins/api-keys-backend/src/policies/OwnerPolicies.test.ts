import { TestDatabases } from '@backstage/backend-test-utils';
import { CreateApiKeyRequest } from 'backstage-plugin-api-keys-common';
import { JsonObject } from '@backstage/types';
import { setTimeout } from 'node:timers/promises';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { maker, serviceOn } from '../__testUtils__/serviceOn';
import { DatabaseOwnerKeys } from '../database/DatabaseOwnerKeys';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const GRACE = 'user:default/grace';
const CONTRACTORS = 'group:default/contractors';
const DAY = 24 * 60 * 60 * 1000;

describe.each(databases.eachSupportedId())('policies on %s', databaseId => {
  let replicas: Replicas;

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
  });

  beforeEach(async () => {
    for (const table of [
      'api_keys',
      'api_key_owners',
      'api_key_policies',
      'api_key_events',
    ]) {
      await replicas.knex(table).delete();
    }
    await replicas.warmUp();
  });

  afterAll(() => replicas.stop());

  /** A replica with its own configuration. */
  function replica(apiKeys: JsonObject = {}, nth = 0) {
    const one = serviceOn(replicas.stores[nth], apiKeys);
    const create = async (
      owner: string,
      request: Partial<CreateApiKeyRequest> = {},
      groups: string[] = [],
    ) => {
      const { key } = await one.service.create(
        owner,
        { name: 'ci', ...request },
        maker(owner, groups),
      );
      return key;
    };
    return { ...one, create };
  }

  /** Days from a key's creation to its end; Infinity for none. */
  const lifetimeOf = async ({ id }: { id: string }) => {
    const key = await replicas.stores[0].keys.findById(id);
    return ((key!.expiresAt ?? Infinity) - key!.createdAt) / DAY;
  };
  const policyEvents = () =>
    replicas.knex('api_key_events').where({ type: 'policy-applied' });

  describe('of the configuration', () => {
    it('end older keys when they become stricter, and restore the requested ends when they are loosened', async () => {
      const lax = replica({ lifetime: { allowUnlimited: true } });
      const long = await lax.create(ADA, { expiresIn: 'P100D' });
      const short = await lax.create(ADA, { expiresIn: 'P10D' });
      const endless = await lax.create(ADA, { expiresAt: null });

      const strict = replica({ lifetime: { max: '30 days' } });
      await strict.policies.enforceForAll();
      expect(await lifetimeOf(long)).toBe(30);
      expect(await lifetimeOf(short)).toBe(10);
      expect(await lifetimeOf(endless)).toBe(30);
      expect(await policyEvents()).toHaveLength(2);

      await lax.policies.enforceForAll();
      expect(await lifetimeOf(long)).toBe(100);
      expect(await lifetimeOf(endless)).toBe(Infinity);
    });

    it('shorten inactivity timeouts', async () => {
      const key = await replica().create(ADA, { inactivityTimeout: 'P90D' });
      const strict = replica({ inactivity: { max: '7 days' } });
      await strict.policies.enforceForAll();
      const { inactivityTimeout } = (await strict.stores.keys.findById(
        key.id,
      ))!;
      expect(inactivityTimeout).toBe(7 * DAY);
    });

    it('do not change keys again that they were applied to before', async () => {
      await replica().create(ADA);
      const strict = replica({ lifetime: { max: '30 days' } });
      await strict.policies.enforceForAll();
      await strict.policies.enforceForAll();
      expect(await policyEvents()).toHaveLength(1);
    });

    it('leave revoked keys as they were', async () => {
      const { create, service } = replica();
      const key = await create(ADA);
      await service.revoke(key, { by: ADA, reason: 'owner' });
      await replica({ lifetime: { max: '1 day' } }).policies.enforceForAll();
      expect(await lifetimeOf(key)).toBe(90);
    });

    it('reach every owner, however many there are', async () => {
      const owners = Array.from({ length: 1001 }, (_, i) => ({
        owner: `user:default/u${String(i).padStart(4, '0')}`,
      }));
      await replicas.knex.batchInsert('api_key_owners', owners, 500);
      await replica().policies.enforceForAll();
      const [{ count }] = await replicas
        .knex('api_key_owners')
        .whereNull('bounds')
        .count({ count: '*' });
      expect(Number(count)).toBe(0);
    });
  });

  describe('of a group', () => {
    it('apply to its members and to its own keys, not to others', async () => {
      const { policies, create } = replica();
      const ada = await create(ADA, {}, [CONTRACTORS]);
      const linus = await create(LINUS);
      const team = await create(CONTRACTORS);
      await policies.set(CONTRACTORS, { lifetime: { max: 30 * DAY } }, GRACE);
      expect(await lifetimeOf(ada)).toBe(30);
      expect(await lifetimeOf(team)).toBe(30);
      expect(await lifetimeOf(linus)).toBe(90);

      await policies.remove(CONTRACTORS);
      expect(await lifetimeOf(ada)).toBe(90);
    });

    it('apply from the moment in which a member is known to be one, and no longer', async () => {
      const { policies, create } = replica();
      await policies.set(CONTRACTORS, { lifetime: { max: 30 * DAY } }, GRACE);
      const key = await create(ADA);
      await policies.updateMembership(ADA, [CONTRACTORS]);
      expect(await lifetimeOf(key)).toBe(30);
      await policies.updateMembership(ADA, []);
      expect(await lifetimeOf(key)).toBe(90);
    });

    it('limit new keys, including requests for more', async () => {
      const { policies, create } = replica();
      await policies.set(
        CONTRACTORS,
        { lifetime: { max: 30 * DAY }, limits: { keysPerOwner: 1 } },
        GRACE,
      );
      await expect(
        create(ADA, { expiresIn: 'P31D' }, [CONTRACTORS]),
      ).rejects.toThrow('a key may live for P30D at most');
      expect(await lifetimeOf(await create(ADA, {}, [CONTRACTORS]))).toBe(30);
      await expect(create(ADA, {}, [CONTRACTORS])).rejects.toThrow(
        'has 1 API keys, and may have 1',
      );
    });
  });

  describe('of a user', () => {
    it('take precedence over those of groups', async () => {
      const { policies, create } = replica();
      await policies.set(CONTRACTORS, { lifetime: { max: 30 * DAY } }, GRACE);
      await policies.set(ADA, { lifetime: { max: 400 * DAY } }, GRACE);
      const key = await create(ADA, { expiresIn: 'P400D' }, [CONTRACTORS]);
      expect(await lifetimeOf(key)).toBe(400);
    });
  });

  it('that change while keys are created leave no key outside', async () => {
    const one = replica({}, 0);
    const other = replica({}, 1);
    for (let round = 0; round < 5; round++) {
      await one.policies.remove(ADA);
      const [keys] = await Promise.all([
        Promise.allSettled(
          Array.from({ length: 6 }, (_, i) =>
            (i % 2 ? one : other).create(ADA, { expiresIn: 'P80D' }),
          ),
        ),
        one.policies.set(ADA, { lifetime: { max: 10 * DAY } }, GRACE),
      ]);
      // Keys that were created before the policy, which now limits them.
      for (const made of keys) {
        if (made.status === 'rejected') continue;
        expect(await lifetimeOf(made.value)).toBe(10);
      }
    }
  });

  it.each([ADA, CONTRACTORS])(
    'that change for %s while the first key of an owner is created apply to it',
    async ref => {
      const developer = replica({}, 0);
      const admin = replica({}, 1);
      const { insert } = DatabaseOwnerKeys.prototype;
      let set: Promise<void> | undefined;
      jest
        .spyOn(DatabaseOwnerKeys.prototype, 'insert')
        .mockImplementationOnce(async function meanwhile(
          this: DatabaseOwnerKeys,
          ...args
        ) {
          // The policy for the new key has been read by now.
          set = admin.policies.set(ref, { lifetime: { max: 10 * DAY } }, GRACE);
          await Promise.race([set, setTimeout(500)]);
          return insert.apply(this, args);
        });
      const key = await developer.create(ADA, { expiresIn: 'P80D' }, [
        CONTRACTORS,
      ]);
      await set;
      expect(await lifetimeOf(key)).toBe(10);
    },
  );

  it('let admins set a later end, within the policy', async () => {
    const { service, create, policies } = replica();
    const key = await create(ADA, { expiresIn: 'P1D' });
    const at = (days: number) =>
      new Date(key.createdAt + days * DAY).toISOString();
    await service.setExpiry(key, at(300), GRACE);
    expect(await lifetimeOf(key)).toBe(300);
    await expect(service.setExpiry(key, at(366), GRACE)).rejects.toThrow(
      'for longer, change the policy of its owner first',
    );
    await expect(service.setExpiry(key, null, GRACE)).rejects.toThrow(
      'expiresAt must not be null',
    );
    await policies.set(ADA, { lifetime: { allowUnlimited: true } }, GRACE);
    await service.setExpiry(key, null, GRACE);
    expect(await lifetimeOf(key)).toBe(Infinity);
    await policies.remove(ADA);
    expect(await lifetimeOf(key)).toBe(365);
  });
});
