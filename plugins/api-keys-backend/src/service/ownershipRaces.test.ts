import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { effectiveOwnership } from 'backstage-plugin-api-keys-node/internal';
import { catalogOf } from '../__testUtils__/offboardingOn';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { serviceOn } from '../__testUtils__/serviceOn';
import { readApiKeysConfig } from '../config';
import { Stores } from '../database/stores';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { isAccepted } from '../lifecycle/status';
import { CatalogOwners } from '../jobs/offboarding/CatalogOwners';
import { KeyRotator } from './ApiKeyService';
import { KeyTransfers } from './KeyTransfers';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const TEAM_A = 'group:default/team-a';
const TEAM_B = 'group:default/team-b';
const ALL = [ADA, TEAM_A, TEAM_B];
const EVERYTHING = { owners: 'everybody' } as const;
const CONFIG = { limits: { keysPerOwner: 1000 } };
const ROUNDS = 12;

/** A session of Ada, who owns everything, with only these refs. */
const session = (...refs: string[]) => ({
  userEntityRef: ADA,
  ownership: { session: refs, subject: ALL },
});
const FULL = session(...ALL);
const SESSIONS: KeyRotator[] = [
  FULL,
  session(ADA, TEAM_B),
  session(ADA),
  { userEntityRef: ADA, ownership: 'inherited' },
];

function replicaOn(stores: Stores) {
  const replica = serviceOn(stores, CONFIG);
  const transfers = new KeyTransfers({
    config: readApiKeysConfig(new ConfigReader({ apiKeys: CONFIG })),
    stores,
    policies: replica.policies,
    owners: new CatalogOwners({
      runtime: { knowsUserOutsideCatalog: async () => false },
      identityAnnotations: [],
      catalog: catalogOf([TEAM_A]),
      auth: mockServices.auth(),
    }),
    logger: mockServices.logger.mock(),
  });
  const transfer = (id: string) =>
    transfers.transfer(EVERYTHING, { ids: [id], owner: TEAM_A }, ADA);
  return { ...replica, transfer };
}

describe.each(databases.eachSupportedId())(
  'the ownership of keys, when changes race on %s',
  databaseId => {
    let replicas: Replicas;
    let both: ReturnType<typeof replicaOn>[];

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      both = replicas.stores.map(replicaOn);
    });
    beforeEach(async () => {
      await replicas.knex('api_keys').delete();
      await replicas.warmUp();
    });
    afterAll(() => replicas.stop());

    const family = async (familyId: string): Promise<ApiKeyRecord[]> => {
      const { items } = await both[0].stores.keys.list(
        EVERYTHING,
        { familyId },
        { order: 'createdAt:asc', limit: 200 },
        Date.now(),
      );
      return items;
    };
    const owned = ({ ownershipCap }: ApiKeyRecord) =>
      effectiveOwnership(ALL, ownershipCap);

    const rotateInAllSessions = (key: ApiKeyRecord, ids: string[]) =>
      Promise.all(
        ids.flatMap(id =>
          SESSIONS.map(async (rotator, i) => {
            const issued = await both[i % 2].service
              .rotate({ ...key, id }, { rotatedBy: 'owner' }, rotator)
              .catch(() => undefined);
            return issued && { rotator, key: issued.key };
          }),
        ),
      );

    it('is never more after a rotation than the predecessor or the session had', async () => {
      const { key } = await both[0].service.create(
        ADA,
        { name: 'ci' },
        session(ADA, TEAM_A),
      );
      let ids = [key.id];
      for (let round = 0; round < ROUNDS; round++) {
        const outcomes = await rotateInAllSessions(key, ids);
        const made = outcomes.flatMap(one => one ?? []);
        for (const { rotator, key: successor } of made) {
          if (rotator.ownership === 'inherited') continue;
          const { session: had } = rotator.ownership;
          expect(had).toEqual(expect.arrayContaining(owned(successor)));
        }
        // The other successors of this round were superseded.
        ids = (await family(key.id))
          .filter(one => isAccepted(one, Date.now()))
          .map(({ id }) => id);
      }
      const keys = await family(key.id);
      expect(keys.length).toBeGreaterThan(ROUNDS);
      for (const successor of keys) {
        const predecessor = keys.find(
          ({ id }) => id === successor.predecessorId,
        );
        if (!predecessor) continue;
        expect(owned(predecessor)).toEqual(
          expect.arrayContaining(owned(successor)),
        );
      }
    });

    it('has no cap for a key that is transferred to a group, and keeps the cap of one that stays with its user', async () => {
      const created = await Promise.all(
        Array.from({ length: ROUNDS }, () =>
          both[0].service.create(ADA, { name: 'ci' }, session(ADA)),
        ),
      );
      await Promise.all(
        created.flatMap(({ key }, i) => [
          both[i % 2].service
            .rotate(key, { rotatedBy: 'owner' }, FULL)
            .catch(() => undefined),
          i % 3 ? both[(i + 1) % 2].transfer(key.id) : undefined,
        ]),
      );
      for (const { key } of created) {
        for (const { subject, ownershipCap } of await family(key.id)) {
          expect(ownershipCap).toEqual(subject === ADA ? [ADA] : undefined);
        }
      }
      const rows = await replicas.knex('api_keys').where('subject', TEAM_A);
      expect(rows.length).toBeGreaterThan(0);
    });
  },
);
