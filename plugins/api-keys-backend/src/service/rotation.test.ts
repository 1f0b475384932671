import { TestDatabases } from '@backstage/backend-test-utils';
import { usesOf } from '../__testUtils__/keys';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import {
  BY_OWNER,
  maker,
  serviceOn,
  ServiceReplica,
} from '../__testUtils__/serviceOn';
import { UsageDelta } from '../lifecycle/UsageDelta';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { statusOf } from '../lifecycle/status';
import { IssuedKey } from './ApiKeyService';
import { DefaultApiKeyService } from './DefaultApiKeyService';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const ADA = 'user:default/ada';
const MAKER = maker(ADA);
const ROUNDS = 10;

describe.each(databases.eachSupportedId())('rotation on %s', databaseId => {
  let replicas: Replicas;
  let services: DefaultApiKeyService[];
  let uses: ServiceReplica['use'][];

  beforeAll(async () => {
    replicas = await startReplicas(databases, databaseId);
    const both = replicas.stores.map(stores =>
      serviceOn(stores, { limits: { keysPerOwner: 10 } }),
    );
    services = both.map(({ service }) => service);
    uses = both.map(({ use }) => use);
  });

  beforeEach(async () => {
    await replicas.knex('api_keys').delete();
    await replicas.warmUp();
  });

  afterAll(() => replicas.stop());

  const create = () => services[0].create(ADA, { name: 'ci' }, MAKER);
  const rotate = ({ key }: { key: ApiKeyRecord }, replica = 0) =>
    services[replica].rotate(key, BY_OWNER, MAKER);

  const use = ({ secret }: IssuedKey, replica = 0) => uses[replica](secret);

  /** The only family, oldest first; of two successors, the one that lives last. */
  const family = async () => {
    const { family_id } = await replicas.knex('api_keys').first('family_id');
    const keys = await replicas.stores[0].keys.withOwnerLock(ADA, owned =>
      owned.family(family_id),
    );
    const depth = (key: ApiKeyRecord): number => {
      const predecessor = keys.find(({ id }) => id === key.predecessorId);
      return predecessor ? 1 + depth(predecessor) : 0;
    };
    const rank = (key: ApiKeyRecord) =>
      2 * depth(key) + (key.revokedAt ? 0 : 1);
    return keys.sort((a, b) => rank(a) - rank(b));
  };
  const describeFamily = async () =>
    (await family()).map(key => key.revokedReason ?? statusOf(key, Date.now()));
  const accepted = async () =>
    (await family()).filter(key =>
      ['active', 'retiring'].includes(statusOf(key, Date.now())),
    );

  /** A family has at most a leaf and its direct predecessor. */
  async function expectLeafAndPredecessor() {
    const live = await accepted();
    expect(live.length).toBeLessThanOrEqual(2);
    if (live.length === 2) {
      const [predecessor, leaf] = live;
      expect(leaf.predecessorId).toBe(predecessor.id);
      expect(predecessor.successorId).toBe(leaf.id);
      expect(leaf.successorId).toBeUndefined();
    }
  }

  it('lets both keys work until the new one is first used', async () => {
    const old = await create();
    const successor = await rotate(old);
    expect(successor.key).toMatchObject({
      name: 'ci',
      predecessorId: old.key.id,
      familyId: old.key.id,
    });
    expect(successor.secret).not.toBe(old.secret);
    expect(await describeFamily()).toEqual(['retiring', 'active']);

    expect(await use(old)).toBe(true);
    expect(await describeFamily()).toEqual(['retiring', 'active']);
    expect(await use(successor)).toBe(true);
    expect(await describeFamily()).toEqual(['rotated', 'active']);
    expect(await use(old)).toBe(false);
  });

  it('can be repeated with the old key if the answer was lost', async () => {
    const old = await create();
    const lost = await rotate(old);
    const received = await rotate(old);
    expect(await describeFamily()).toEqual([
      'retiring',
      'superseded',
      'active',
    ]);
    expect(await use(lost)).toBe(false);
    expect(await use(received)).toBe(true);
    expect(await describeFamily()).toEqual(['rotated', 'superseded', 'active']);
  });

  it('of an unused successor ends the first key', async () => {
    const first = await create();
    const second = await rotate(first);
    await rotate(second);
    expect(await describeFamily()).toEqual(['rotated', 'retiring', 'active']);
    expect(await use(first)).toBe(false);
    expect(await use(second)).toBe(true);
  });

  it('of a key that is not accepted any more is refused, without a new key', async () => {
    const old = await create();
    await services[0].revoke(old.key, { by: ADA, reason: 'owner' });
    await expect(rotate(old)).rejects.toThrow(
      'The API key is revoked and cannot be rotated any more',
    );
    expect(await describeFamily()).toEqual(['owner']);
  });

  it('works at the limit of keys, which it does not raise', async () => {
    const keys = [];
    for (let i = 0; i < 10; i++) keys.push(await create());
    await rotate(keys[0]);
    await expect(create()).rejects.toThrow('has 10 API keys, and may have 10');
  });

  it('works after the limit was lowered below the number of keys of an owner', async () => {
    const keys = [];
    for (let i = 0; i < 10; i++) keys.push(await create());
    const { service: stricter } = serviceOn(replicas.stores[0], {
      limits: { keysPerOwner: 3 },
    });
    await stricter.rotate(keys[0].key, BY_OWNER, MAKER);
    await expect(stricter.create(ADA, { name: 'ci' }, MAKER)).rejects.toThrow(
      'has 10 API keys, and may have 3',
    );
  });

  it('cannot get around a limit of 0 that is set at the same time', async () => {
    const { policies } = serviceOn(replicas.stores[1]);
    for (let i = 0; i < ROUNDS; i++) {
      await replicas.knex('api_keys').delete();
      const old = await create();
      const limit = policies.set(ADA, { limits: { keysPerOwner: 0 } }, ADA);
      const [rotated] = await Promise.allSettled([rotate(old), limit]);
      const keys = await family();
      expect(keys).toHaveLength(rotated.status === 'fulfilled' ? 2 : 1);
      for (const replica of [0, 1]) {
        for (const key of keys) {
          const again = services[replica].rotate(key, BY_OWNER, MAKER);
          await expect(again).rejects.toThrow('may have no API keys');
        }
      }
      expect(await use(old)).toBe(true);
      await policies.remove(ADA);
    }
  });

  it('cannot be used to have one key more than the limit', async () => {
    const old = await create();
    const successor = await rotate(old);
    await services[0].revoke(successor.key, { by: ADA, reason: 'owner' });
    for (let i = 0; i < 10; i++) await create();
    await expect(rotate(old)).rejects.toThrow('has 10 API keys');
    expect(await use(old)).toBe(true);
  });

  it('gives the new key the lifetime that was chosen for the old one', async () => {
    const old = await services[0].create(
      ADA,
      { name: 'ci', expiresIn: 'P7D' },
      MAKER,
    );
    const successor = await rotate(old);
    const lifetime = successor.key.expiresAt! - successor.key.createdAt;
    expect(lifetime).toBe(7 * 24 * 60 * 60 * 1000);
    const shorter = await services[0].rotate(
      old.key,
      { ...BY_OWNER, expiresIn: 'P1D' },
      MAKER,
    );
    expect(shorter.key.expiresAt! - shorter.key.createdAt).toBe(lifetime / 7);
    await expect(
      services[0].rotate(old.key, { ...BY_OWNER, expiresIn: 'P366D' }, MAKER),
    ).rejects.toThrow('expiresIn is too far away');
  });

  describe('of one key, by two replicas at once:', () => {
    it('100 rotations leave one active successor, and every other caller with an ended one', async () => {
      const old = await create();
      const results = await Promise.allSettled(
        Array.from({ length: 100 }, (_, i) => rotate(old, i % 2)),
      );
      const issued = results.flatMap(result =>
        result.status === 'fulfilled' ? [result.value] : [],
      );
      expect(issued).toHaveLength(100);
      expect(await accepted()).toHaveLength(2);
      await expectLeafAndPredecessor();
      const working = [];
      for (const one of issued) if (await use(one)) working.push(one);
      expect(working).toHaveLength(1);
      expect(await use(old)).toBe(false);
    });

    it('100 first uses end the predecessor once', async () => {
      const old = await create();
      const successor = await rotate(old);
      const results = await Promise.all(
        Array.from({ length: 100 }, (_, i) => use(successor, i % 2)),
      );
      expect(results).toEqual(Array(100).fill(true));
      expect(await describeFamily()).toEqual(['rotated', 'active']);
    });

    it.each<
      [
        string,
        (old: IssuedKey, successor: IssuedKey) => Promise<unknown>[],
        string[][],
      ]
    >([
      [
        'rotate and revoke',
        (_old, successor) => [
          rotate(successor, 0),
          services[1].revoke(successor.key, { by: ADA, reason: 'owner' }),
        ],
        // Rotated first, or revoked first.
        [
          ['rotated', 'owner', 'active'],
          ['retiring', 'owner'],
        ],
      ],
      [
        'first use and rotate',
        (_old, successor) => [use(successor, 0), rotate(successor, 1)],
        [['rotated', 'retiring', 'active']],
      ],
      [
        'first use and another rotation of the predecessor',
        (old, successor) => [use(successor, 0), rotate(old, 1)],
        // Used first, or superseded first.
        [
          ['rotated', 'active'],
          ['retiring', 'superseded', 'active'],
        ],
      ],
      [
        'first use and revoke',
        (_old, successor) => [
          use(successor, 0),
          services[1].revoke(successor.key, { by: ADA, reason: 'owner' }),
        ],
        [
          ['rotated', 'owner'],
          ['retiring', 'owner'],
        ],
      ],
    ])(
      '%s have the result of one order or the other',
      async (_, race, outcomes) => {
        for (let round = 0; round < ROUNDS; round++) {
          await replicas.knex('api_keys').delete();
          const old = await create();
          const successor = await rotate(old);
          await Promise.allSettled(race(old, successor));
          expect(outcomes).toContainEqual(await describeFamily());
          await expectLeafAndPredecessor();
        }
      },
    );
  });

  it('and a flush of the same keys wait for each other, without a deadlock', async () => {
    const flush = (batch: UsageDelta[]) =>
      replicas.stores[1].usage.applyUsage(batch);
    for (let round = 0; round < ROUNDS; round++) {
      await replicas.knex('api_keys').delete();
      const successors = await Promise.all(
        [1, 2, 3, 4].map(async () => rotate(await create())),
      );
      const batch = successors
        .flatMap(({ key }) => [key.id, key.predecessorId!])
        .map(keyId => usesOf(keyId, Date.now()));
      const outcomes = await Promise.allSettled([
        ...successors.map(successor => rotate(successor)),
        ...[1, 2, 3, 4].map(() => flush(batch)),
      ]);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toEqual(
        [],
      );
    }
  });

  it('50 keys at once fit up to the limit and no further', async () => {
    for (let i = 1; i < 10; i++) await create();
    const results = await Promise.allSettled(
      Array.from({ length: 50 }, (_, i) =>
        services[i % 2].create(ADA, { name: 'ci' }, MAKER),
      ),
    );
    const refusals = results.flatMap(result =>
      result.status === 'rejected' ? [result.reason.name] : [],
    );
    expect(refusals).toEqual(Array(49).fill('ConflictError'));
    expect(await replicas.stores[0].keys.countActive(ADA, Date.now())).toBe(10);
  });
});
