import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { catalogOf } from '../__testUtils__/offboardingOn';
import { usesOf } from '../__testUtils__/keys';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { BY_OWNER, maker, serviceOn } from '../__testUtils__/serviceOn';
import { ConfigReader } from '@backstage/config';
import { readApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { statusOf } from '../lifecycle/status';
import { CatalogOwners } from '../jobs/offboarding/CatalogOwners';
import { IssuedKey } from './ApiKeyService';
import { KeyTransfers } from './KeyTransfers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';
const MAKER = maker(ADA, [TEAM_A, TEAM_B]);
const EVERYTHING = { owners: 'everybody' } as const;
const LIMIT = { limits: { keysPerOwner: 100 } };
const ROUNDS = 8;

function replicaOn(stores: Stores) {
  const replica = serviceOn(stores, LIMIT);
  const transfers = new KeyTransfers({
    config: readApiKeysConfig(new ConfigReader({ apiKeys: LIMIT })),
    stores,
    policies: replica.policies,
    owners: new CatalogOwners({
      runtime: { knowsUserOutsideCatalog: async () => false },
      catalog: catalogOf([TEAM_A, TEAM_B]),
      auth: mockServices.auth(),
      identityAnnotations: [],
    }),
    logger: mockServices.logger.mock(),
  });
  return {
    ...replica,
    transfer: ({ key }: IssuedKey, owner: string) =>
      transfers.transfer(EVERYTHING, { ids: [key.id], owner }, ADA),
  };
}

describe.each(databases.eachSupportedId())(
  'transfers that race on %s',
  databaseId => {
    let replicas: Replicas;
    let one: ReturnType<typeof replicaOn>;
    let other: ReturnType<typeof replicaOn>;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      [one, other] = replicas.stores.map(replicaOn);
    });

    beforeEach(async () => {
      await replicas.knex('api_keys').delete();
      await replicas.knex('api_key_events').delete();
      await replicas.warmUp();
    });

    afterAll(() => replicas.stop());

    const create = (owner: string) =>
      one.service.create(owner, { name: 'ci' }, MAKER);
    const createMany = (owner: string) =>
      Promise.all(Array.from({ length: ROUNDS }, () => create(owner)));
    const rowsOf = () => replicas.knex('api_keys').orderBy('id');

    /** All keys of a family belong to one owner, as which they act, and at most two of them work. */
    async function expectWholeFamilies() {
      const families = new Map<string, string>();
      for (const row of await rowsOf()) {
        expect(row.subject).toBe(row.owner);
        const owner = families.get(row.family_id) ?? row.owner;
        expect(row.owner).toBe(owner);
        families.set(row.family_id, owner);
      }
      for (const [familyId, owner] of families) {
        const keys = await one.stores.keys.withOwnerLock(owner, owned =>
          owned.family(familyId),
        );
        const accepted = keys.filter(key =>
          ['active', 'retiring'].includes(statusOf(key, Date.now())),
        );
        expect(accepted.length).toBeLessThanOrEqual(2);
        expect(accepted.length).toBeGreaterThan(0);
      }
    }

    it('opposite ones and rotations of the same keys all finish, with whole families', async () => {
      const [fromA, fromB] = [
        await createMany(TEAM_A),
        await createMany(TEAM_B),
      ];
      const refusals: string[] = [];
      const rotate = (replica: typeof one, issued: IssuedKey) =>
        replica.service
          .rotate(issued.key, BY_OWNER, MAKER)
          .catch(({ name }) => refusals.push(name));
      await Promise.all(
        fromA.flatMap((a, i) => [
          one.transfer(a, TEAM_B),
          other.transfer(fromB[i], TEAM_A),
          rotate(other, a),
          rotate(one, fromB[i]),
          one.use(a.secret),
          other.use(fromB[i].secret),
        ]),
      );
      await expectWholeFamilies();
      // A key that was transferred before its rotation does not belong to the caller any more.
      expect(refusals.filter(name => name !== 'NotFoundError')).toEqual([]);
      const owners = async (keys: IssuedKey[]) => {
        const found = await one.stores.keys.findByIds(
          keys.map(({ key }) => key.id),
        );
        return new Set(found.map(({ owner }) => owner));
      };
      expect(await owners(fromA)).toEqual(new Set([TEAM_B]));
      expect(await owners(fromB)).toEqual(new Set([TEAM_A]));
    });

    it('one key moves back and forth with every transfer, and never in part', async () => {
      const issued = await create(TEAM_A);
      await one.service.rotate(issued.key, BY_OWNER, MAKER);
      const outcomes = await Promise.all(
        Array.from({ length: ROUNDS }, (_, i) =>
          (i % 2 ? one : other).transfer(issued, i % 2 ? TEAM_A : TEAM_B),
        ),
      );
      await expectWholeFamilies();
      const moves = outcomes.filter(({ transferred }) => transferred === 1);
      const events = await replicas.knex('api_key_events').where({
        type: 'transferred',
      });
      expect(events).toHaveLength(2 * moves.length);
    });

    it('do not conflict with the writing of uses of the same keys', async () => {
      const flushes = 30;
      const keys = [
        ...(await createMany(TEAM_A)),
        ...(await createMany(TEAM_B)),
      ];
      const uses = keys.map(({ key }) => usesOf(key.id, Date.now()));
      const flush = async ({ stores }: typeof one) => {
        for (let i = 0; i < flushes; i++) await stores.usage.applyUsage(uses);
      };
      const handOver = async (replica: typeof one, issued: IssuedKey[]) => {
        for (const key of issued) {
          await replica.transfer(key, TEAM_A);
          await replica.transfer(key, TEAM_B);
        }
      };
      await Promise.all([
        flush(one),
        flush(other),
        handOver(one, keys.slice(0, ROUNDS)),
        handOver(other, keys.slice(ROUNDS)),
      ]);
      const counts = (await rowsOf()).map(row => Number(row.use_count));
      expect(counts).toEqual(keys.map(() => 2 * flushes));
    });

    it('do not conflict with a look into the catalog that misses both owners, and one that finds them', async () => {
      const [a, b] = [await create(TEAM_A), await create(TEAM_B)];
      await one.stores.owners.savePresence(
        { kind: 'group', returned: [TEAM_B], vanished: [], believed: true },
        0,
      );
      const look = (replica: typeof one, found: boolean) =>
        replica.stores.owners.savePresence(
          {
            kind: 'group',
            returned: found ? [TEAM_B, TEAM_A] : [],
            vanished: found ? [] : [TEAM_B, TEAM_A],
            believed: true,
          },
          Date.now(),
        );
      await Promise.all(
        Array.from({ length: ROUNDS }, (_, i) => [
          one.transfer(a, i % 2 ? TEAM_A : TEAM_B),
          other.transfer(b, i % 2 ? TEAM_B : TEAM_A),
          look(other, false),
          look(one, true),
        ]).flat(),
      );
      await look(one, true);
      expect(await one.use(a.secret)).toBe(true);
      expect(await one.use(b.secret)).toBe(true);
    });

    it('a key that is revoked meanwhile is revoked, whichever owner has it by then', async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const issued = await create(TEAM_A);
        const [, revoked] = await Promise.all([
          one.transfer(issued, TEAM_B),
          other.service.revoke(issued.key, { by: ADA, reason: 'leaked' }),
        ]);
        expect(revoked.key.revokedAt).toBeUndefined();
        expect(await one.use(issued.secret)).toBe(false);
      }
    });

    it('a key that is first used meanwhile keeps working, and ends the one that it replaced', async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const old = await create(TEAM_A);
        const successor = await one.service.rotate(old.key, BY_OWNER, MAKER);
        const [used] = await Promise.all([
          other.use(successor.secret),
          one.transfer(old, TEAM_B),
        ]);
        expect(used).toBe(true);
        expect(await one.use(old.secret)).toBe(false);
        expect(await one.use(successor.secret)).toBe(true);
      }
    });

    it('a change of a key that moves to another owner meanwhile applies under the new owner', async () => {
      const issued = await create(TEAM_A);
      const found = (await one.stores.keys.findById(issued.key.id))!;
      await one.transfer(issued, TEAM_B);
      const { key } = await one.service.revoke(found, { reason: 'admin' });
      expect(key).toMatchObject({ owner: TEAM_B, revokedAt: undefined });
      await one.secretOperations.revoke([issued.secret]);
      expect(await one.use(issued.secret)).toBe(false);
    });

    it('groups get no more keys than they may have, however many are transferred at once', async () => {
      const keys = [...(await createMany(TEAM_A)), ...(await createMany(ADA))];
      await one.policies.set(TEAM_B, { limits: { keysPerOwner: 3 } }, ADA);
      await Promise.all(
        keys.map((key, i) => (i % 2 ? one : other).transfer(key, TEAM_B)),
      );
      const owned = await replicas.knex('api_keys').where({ owner: TEAM_B });
      expect(owned).toHaveLength(3);
      await one.policies.remove(TEAM_B);
    });
  },
);
