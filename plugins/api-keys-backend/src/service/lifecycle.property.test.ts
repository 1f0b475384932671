import { TestDatabases } from '@backstage/backend-test-utils';
import { API_KEY_STATUSES } from 'backstage-plugin-api-keys-common';
import fc from 'fast-check';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { LifecycleDriver } from '../__testUtils__/LifecycleDriver';
import {
  isRevoking,
  sequences,
  Step,
} from '../__testUtils__/lifecycleSequences';
import { Pedigree } from '../__testUtils__/Pedigree';
import { serviceOn, ServiceReplica } from '../__testUtils__/serviceOn';
import { ApiKeyRecord } from '../lifecycle/ApiKeyRecord';
import { isAccepted, statusOf } from '../lifecycle/status';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const START = Date.UTC(2030, 0, 1);
const DAY = 24 * 60 * 60 * 1000;
/** Lifetime of the keys in these sequences, until an admin extends it. */
const LIFETIME = 20 * DAY;
const SEED = fc.readConfigureGlobal()?.seed ?? 20300101;
const SEQUENCES = 100;
/** Thousands of transactions one after the other, on a machine that may be busy. */
const TIMEOUT = 300_000;

describe.each(databases.eachSupportedId())(
  'random sequences of all operations on keys on %s',
  databaseId => {
    let replicas: Replicas;
    let services: ServiceReplica[];
    let now: number;
    let driver: LifecycleDriver;
    const taken = { steps: 0, actions: 0 };

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      // Fakes the clock only: connections need real timers.
      jest.useFakeTimers({
        doNotFake: [
          'hrtime',
          'nextTick',
          'performance',
          'queueMicrotask',
          'setImmediate',
          'clearImmediate',
          'setInterval',
          'clearInterval',
          'setTimeout',
          'clearTimeout',
        ],
      });
      services = replicas.stores.map(stores =>
        serviceOn(stores, {
          limits: { keysPerOwner: 6 },
          lastUsed: { resolution: '1 day' }, // not by itself
          lifetime: { default: '20 days', max: '40 days' },
          rotation: { maxOverlap: '3 days', revokeFamilyOnReuse: true },
        }),
      );
      await replicas.warmUp();
    });

    afterAll(async () => {
      jest.useRealTimers();
      await replicas.stop();
      process.stdout.write(
        `${databaseId}: ${taken.steps} steps of ${taken.actions} actions\n`,
      );
    });

    async function reset() {
      for (const table of [
        'api_keys',
        'api_key_owners',
        'api_key_policies',
        'api_key_events',
      ]) {
        await replicas.knex(table).delete();
      }
      now = START;
      jest.setSystemTime(now);
      driver = new LifecycleDriver(ADA);
      await driver.create(services[0]);
    }

    async function take({ actions, flush, thenWait }: Step) {
      // Started at once, on the keys that exist by then.
      const revoked = actions
        .filter(isRevoking)
        .map(one => driver.keyOf(one).key.id);
      const results = await Promise.allSettled(
        actions.map((one, i) => driver.act(one, services[i % 2])),
      );
      for (const id of revoked) driver.pedigree.revoke(id);
      for (const result of results) {
        // A rejected operation is fine, an unexpected error is not.
        if (result.status === 'rejected') {
          expect(['ConflictError', 'InputError']).toContain(result.reason.name);
        }
      }
      // Includes uses that are written after their key has ended.
      for (const { recorder } of flush ? services : []) await recorder.flush();
      taken.steps += 1;
      taken.actions += actions.length;
      now += thenWait;
      jest.setSystemTime(now);
    }

    const allKeys = async () => {
      const ids = await replicas.knex('api_keys').pluck('id');
      return replicas.stores[0].keys.findByIds(ids);
    };

    it(
      'keep the invariants of the lifecycle',
      async () => {
        await fc.assert(
          fc.asyncProperty(sequences, async sequence => {
            await reset();
            let before = await allKeys();
            for (const step of sequence) {
              await take(step);
              const after = await allKeys();
              expectFamiliesOfTwo(after, now);
              expectNothingComesBack(before, after);
              expectUsedSuccessorsAlone(after, now);
              expectNoneOutlivesItsAncestor(after, driver.pedigree);
              expectNoneGivesItselfMoreLife(after, driver.pedigree);
              await expectOneEventEach(after);
              await expectSqlAgrees(after, now);
              before = after;
            }
          }),
          { seed: SEED, numRuns: SEQUENCES, endOnFailure: true },
        );
        expect(taken.actions).toBeGreaterThan(2000);
      },
      TIMEOUT,
    );

    /** Every one-time change of a key has exactly one event. */
    async function expectOneEventEach(keys: ApiKeyRecord[]) {
      const events: { type: string; key_id: string }[] = await replicas
        .knex('api_key_events')
        .select('type', 'key_id');
      const count = (type: string, id: string) =>
        events.filter(event => event.type === type && event.key_id === id)
          .length;
      for (const { id, revokedAt, firstUsedAt } of keys) {
        expect(count('created', id)).toBe(1);
        expect(count('revoked', id)).toBe(revokedAt === undefined ? 0 : 1);
        expect(count('first-used', id)).toBe(firstUsedAt === undefined ? 0 : 1);
      }
    }

    async function expectSqlAgrees(keys: ApiKeyRecord[], at: number) {
      for (const status of API_KEY_STATUSES) {
        const { items } = await replicas.stores[0].keys.list(
          { owners: [ADA] },
          { statuses: [status] },
          { order: 'createdAt:asc', limit: 200 },
          at,
        );
        const expected = keys.filter(key => statusOf(key, at) === status);
        expect(idsOf(items)).toEqual(idsOf(expected));
      }
    }
  },
);

function acceptedOf(keys: ApiKeyRecord[], now: number) {
  return keys.filter(key => isAccepted(key, now));
}

/** A family has at most two accepted keys: a leaf and its direct predecessor. */
function expectFamiliesOfTwo(keys: ApiKeyRecord[], now: number) {
  for (const familyId of new Set(keys.map(key => key.familyId))) {
    const accepted = acceptedOf(keys, now)
      .filter(key => key.familyId === familyId)
      .sort(
        (a, b) =>
          Number(Boolean(b.successorId)) - Number(Boolean(a.successorId)),
      );
    expect(accepted.length).toBeLessThanOrEqual(2);
    if (accepted.length === 2) {
      const [predecessor, leaf] = accepted;
      expect(leaf.predecessorId).toBe(predecessor.id);
      expect(predecessor.successorId).toBe(leaf.id);
      expect(leaf.successorId).toBeUndefined();
    }
  }
}

/** Uses are written after their key has ended as well, since they were accepted before. */
const NO_USAGE = {
  lastUsedAt: undefined,
  lastUsedIp: undefined,
  lastUsedUserAgent: undefined,
  useCount: 0,
};

/** A revoked key changes only by its earlier uses; last uses and ends of overlaps move in one direction. */
function expectNothingComesBack(before: ApiKeyRecord[], after: ApiKeyRecord[]) {
  for (const old of before) {
    const key = after.find(({ id }) => id === old.id)!;
    if (old.revokedAt !== undefined) {
      expect({ ...key, ...NO_USAGE }).toEqual({ ...old, ...NO_USAGE });
      expect(key.lastUsedAt ?? 0).toBeLessThanOrEqual(old.revokedAt);
    }
    expect(key.useCount).toBeGreaterThanOrEqual(old.useCount);
    expect(key.lastUsedAt ?? 0).toBeGreaterThanOrEqual(old.lastUsedAt ?? 0);
    expect(key.overlapEndsAt ?? Infinity).toBeLessThanOrEqual(
      old.overlapEndsAt ?? Infinity,
    );
  }
}

function expectUsedSuccessorsAlone(keys: ApiKeyRecord[], now: number) {
  const predecessors = keys
    .filter(key => key.firstUsedAt !== undefined)
    .map(key => key.predecessorId);
  const accepted = idsOf(acceptedOf(keys, now));
  expect(accepted.filter(id => predecessors.includes(id))).toEqual([]);
}

/**
 * Self-made descendants are revoked with their ancestor, also if they are created on another replica in the same moment, and stay
 * revoked.
 */
function expectNoneOutlivesItsAncestor(
  keys: ApiKeyRecord[],
  pedigree: Pedigree,
) {
  const living = keys.filter(({ revokedAt }) => revokedAt === undefined);
  expect(idsOf(living).filter(id => pedigree.hasRevokedAncestor(id))).toEqual(
    [],
  );
}

function expectNoneGivesItselfMoreLife(
  keys: ApiKeyRecord[],
  pedigree: Pedigree,
) {
  for (const key of keys.filter(({ id }) => pedigree.isSelfMade(id))) {
    expect(key.rotatedBy).toBe('key');
    if (pedigree.hasExtendedAncestor(key.id)) continue;
    expect(key.expiresAt! - key.createdAt).toBeLessThanOrEqual(LIFETIME);
  }
}

function idsOf(keys: ApiKeyRecord[]) {
  return keys.map(({ id }) => id).sort();
}
