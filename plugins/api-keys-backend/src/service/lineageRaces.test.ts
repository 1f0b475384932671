import { setTimeout as sleep } from 'node:timers/promises';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { LifecycleDriver } from '../__testUtils__/LifecycleDriver';
import {
  Action,
  isRevoking,
  racingActions,
} from '../__testUtils__/lifecycleSequences';
import { catalogOf, offboardingOn } from '../__testUtils__/offboardingOn';
import { Replicas, startReplicas } from '../__testUtils__/replicas';
import { rounds } from '../__testUtils__/rounds';
import { serviceOn, ServiceReplica } from '../__testUtils__/serviceOn';
import { ChangePoller } from '../verification/ChangePoller';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const ROUNDS = 20;
const SETTINGS = {
  limits: { keysPerOwner: 10_000 },
  rotation: { revokeFamilyOnReuse: true },
};

const TABLES = ['api_keys', 'api_key_owners', 'api_key_events'];

describe.each(databases.eachSupportedId())(
  'a key that rotates itself while it is revoked on another replica, on %s',
  databaseId => {
    let replicas: Replicas;
    let services: ServiceReplica[];
    let driver: LifecycleDriver;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
      services = replicas.stores.map(stores => serviceOn(stores, SETTINGS));
      await replicas.warmUp();
    });

    beforeEach(async () => {
      for (const table of TABLES) await replicas.knex(table).delete();
      driver = new LifecycleDriver(ADA);
    });

    afterAll(() => replicas.stop());

    const rotateItself = (): Action => ({
      do: 'self-rotate',
      nth: driver.issued.length - 1,
      immediately: false,
    });

    const revocation = (one: Action) => () => driver.act(one, services[1]);

    /** Races three rotations, each of which may come too late, with a revocation. */
    async function race(revoke: () => Promise<unknown>) {
      const [one, other] = services;
      await Promise.allSettled([
        driver.act(rotateItself(), one),
        revoke(),
        driver.act(rotateItself(), other),
        driver.act(rotateItself(), one),
      ]);
    }

    async function expectAllEnded() {
      for (const { secret } of driver.issued) {
        expect(await services[0].use(secret)).toBe(false);
        expect(await services[1].use(secret)).toBe(false);
      }
      await expectNoneLives(driver.owner);
    }

    async function expectNoneLives(owner: string) {
      const unrevoked = { owner, revoked_at: null };
      expect(await replicas.knex('api_keys').where(unrevoked)).toEqual([]);
    }

    it.each(['revoke', 'admin', 'leak', 'found'] as const)(
      'ends with all of its self-made descendants (%s), whichever comes first',
      async way => {
        for (let round = 0; round < ROUNDS; round++) {
          const { length: nth } = driver.issued;
          await driver.create(services[0]);
          await race(revocation({ do: way, nth }));
          await expectAllEnded();
        }
      },
    );

    it('ends with all of its self-made descendants when a rotated-out secret is rotated with', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const { length: nth } = driver.issued;
        await driver.create(services[0]);
        await driver.act(
          { do: 'self-rotate', nth, immediately: true },
          services[0],
        );
        await race(revocation({ do: 'reuse', nth }));
        await expectAllEnded();
      }
    });

    it('ends with all of its self-made descendants when its owner has left', async () => {
      const { stores } = services[1];
      const { offboarding } = offboardingOn(stores, catalogOf([]), {
        revokeAfter: 0,
      });
      const run = () => offboarding.run(['user']);
      for (let round = 0; round < ROUNDS; round++) {
        driver = new LifecycleDriver(`user:default/leaver-${round}`);
        await driver.create(services[0]);
        const gone = { returned: [], vanished: [driver.owner], believed: true };
        await stores.owners.savePresence({ kind: 'user', ...gone }, 1);
        await race(run);
        await run();
        await expectNoneLives(driver.owner);
      }
    });
  },
);

const onPostgres = databases.supports('POSTGRES_18') ? describe : describe.skip;

const MAX_STALENESS = 1000;
const STEPS = rounds(400, 100_000);
const OWNERS_AT_A_TIME = 24;
/** Few enough for rotations, uses and revocations to meet on the same keys. */
const KEYS_MAX = 12;

/** Keys that must have ended, in whatever order the actions ran. */
function deadOf({ issued, pedigree }: LifecycleDriver) {
  return issued.filter(({ key }) => pedigree.hasRevokedAncestor(key.id));
}

onPostgres('random races on two replicas that verify in memory', () => {
  let replicas: Replicas;
  let services: ServiceReplica[];
  let owners = 0;
  const stops: (() => Promise<void> | void)[] = [];
  const taken = {
    steps: 0,
    races: 0,
    keys: 0,
    revocations: 0,
    checks: 0,
    accepted: 0,
  };

  beforeAll(async () => {
    replicas = await startReplicas(databases, 'POSTGRES_18');
    services = await Promise.all(
      replicas.stores.map(async stores => {
        const maxStaleness = MAX_STALENESS;
        const replica = serviceOn(stores, {
          ...SETTINGS,
          verification: { maxStaleness: '1 second' },
        });
        const { cache, recorder } = replica;
        stores.listeners.add(cache);
        const logger = mockServices.logger.mock();
        const poller = new ChangePoller({
          stores,
          cache,
          logger,
          maxStaleness,
        });
        await poller.start();
        recorder.start();
        stops.push(
          () => recorder.stop(),
          () => poller.stop(),
        );
        return replica;
      }),
    );
    await replicas.warmUp();
  });

  afterAll(async () => {
    for (const stop of stops) await stop();
    await replicas.stop();
    const { steps, races, keys, revocations, checks, accepted } = taken;
    process.stdout.write(
      `${steps} steps in ${races} races on ${keys} keys, ${revocations} revocations, ${checks} secrets presented after their bound, ${accepted} accepted\n`,
    );
  });

  /** Presents the secrets of all keys that must have ended by then, or only of those that were not presented before. */
  async function present(
    driver: LifecycleDriver,
    replica: ServiceReplica,
    known: ReadonlySet<string> = new Set(),
  ) {
    for (const { key, secret } of deadOf(driver)) {
      if (known.has(key.id)) continue;
      taken.checks += 1;
      const { accepted } = await replica.verifier.verify(secret);
      if (accepted) taken.accepted += 1;
      expect({ key: key.id, accepted }).toEqual({
        key: key.id,
        accepted: false,
      });
    }
  }

  async function take(actions: Action[], driver: LifecycleDriver) {
    const revoking = actions.findIndex(isRevoking);
    const revoked = actions
      .filter(isRevoking)
      .map(one => driver.keyOf(one).key.id);
    const results = await Promise.allSettled(
      actions.map((one, i) => driver.act(one, services[i % 2])),
    );
    for (const result of results) {
      if (result.status === 'rejected') {
        expect(result.reason.name).toBe('ConflictError');
      }
    }
    for (const id of revoked) driver.pedigree.revoke(id);
    taken.steps += actions.length;
    taken.races += 1;
    taken.revocations += revoked.length;
    return revoking < 0 ? undefined : services[revoking % 2];
  }

  /** Verifies the newest keys without using them, so that both replicas cache them. */
  async function isAnyAccepted({ issued }: LifecycleDriver) {
    const outcomes = await Promise.all(
      issued
        .slice(-2)
        .flatMap(({ secret }) =>
          services.map(({ verifier }) => verifier.verify(secret)),
        ),
    );
    return outcomes.some(({ accepted }) => accepted);
  }

  /** Runs until the steps are done, with a new owner whenever the old one has enough keys. */
  async function work(nextActions: () => Action[]) {
    while (taken.steps < STEPS) {
      const driver = new LifecycleDriver(`user:default/u${owners++}`);
      await driver.create(services[0]);
      while (driver.issued.length < KEYS_MAX && taken.steps < STEPS) {
        if (!(await isAnyAccepted(driver))) await driver.create(services[0]);
        const known = new Set(deadOf(driver).map(({ key }) => key.id));
        const byItself = await take(nextActions(), driver);
        // The replica that revokes applies the revocation immediately.
        if (byItself) await present(driver, byItself, known);
      }
      taken.keys += driver.issued.length;
      await sleep(MAX_STALENESS);
      for (const replica of services) await present(driver, replica);
    }
  }

  it(
    'let no self-made descendant of a revoked key work',
    async () => {
      const samples = fc.sample(racingActions, {
        numRuns: 5000,
        seed: fc.readConfigureGlobal()?.seed ?? 20300101,
      });
      let turn = 0;
      await Promise.all(
        Array.from({ length: OWNERS_AT_A_TIME }, () =>
          work(() => samples[turn++ % samples.length]),
        ),
      );
      expect(taken.revocations).toBeGreaterThan(STEPS / 10);
      expect(taken.checks).toBeGreaterThan(STEPS / 4);
      expect(taken.accepted).toBe(0);
    },
    STEPS * 1000,
  );
});
