import { TestDatabases } from '@backstage/backend-test-utils';
import { randomUUID } from 'node:crypto';
import { aKey } from '../../__testUtils__/keys';
import {
  catalogWith,
  offboardingOn,
  Registration,
} from '../../__testUtils__/offboardingOn';
import { Replicas, startReplicas } from '../../__testUtils__/replicas';
import { maker, serviceOn } from '../../__testUtils__/serviceOn';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const PRIYA = 'user:default/priya';
const TEAM = 'group:default/team-a';
const OTHERS = ['user:default/a', 'user:default/b', 'user:default/c'];
const GITHUB = 'github.com/user-id';
const LDAP = 'backstage.io/ldap-uuid';
const START = Date.UTC(2030, 0, 1);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LOOK_EVERY = 5 * MINUTE;

type Catalog = Record<string, Registration>;

const entity = (uid: string, id?: string, annotation = GITHUB) => ({
  uid,
  ...(id && { annotations: { [annotation]: id } }),
});
const OTHERS_THERE: Catalog = Object.fromEntries(
  OTHERS.map(ref => [ref, entity(`uid of ${ref}`)]),
);
/** An entity without an id of an identity provider. */
const HERSELF: Catalog = { ...OTHERS_THERE, [PRIYA]: entity('first') };
const ANOTHER_ENTITY: Catalog = { ...OTHERS_THERE, [PRIYA]: entity('second') };
const withId = (uid: string, id: string, annotation?: string): Catalog => ({
  ...OTHERS_THERE,
  [PRIYA]: entity(uid, id, annotation),
});

describe.each(databases.eachSupportedId())(
  'an owner who may be another person, on %s',
  databaseId => {
    let replicas: Replicas;
    let now: number;

    beforeAll(async () => {
      replicas = await startReplicas(databases, databaseId);
    });
    beforeEach(async () => {
      for (const table of [
        'api_keys',
        'api_key_events',
        'api_key_owners',
        'api_key_catalog_looks',
      ]) {
        await replicas.knex(table).delete();
      }
      now = START;
      // Keeps timers real, since database drivers need them.
      jest.spyOn(Date, 'now').mockImplementation(() => now);
    });
    afterEach(() => jest.restoreAllMocks());
    afterAll(() => replicas.stop());

    const onReplica = (catalog: Catalog, replica = 0) =>
      offboardingOn(replicas.stores[replica], catalogWith(catalog));
    /** Runs the task that the scheduler runs every five minutes. */
    const look = async (catalog: Catalog) => {
      now += LOOK_EVERY;
      const one = onReplica(catalog);
      await one.run();
      return one;
    };
    const pass = async (milliseconds: number, catalog: Catalog) => {
      const end = now + milliseconds;
      while (now + LOOK_EVERY <= end) await look(catalog);
    };
    const makeKey = (owner = PRIYA) =>
      replicas.stores[0].keys.withOwnerLock(owner, keys =>
        keys.insert(
          aKey({ owner, subject: owner, createdAt: now }),
          randomUUID(),
        ),
      );
    const makeKeys = async () => {
      for (const owner of [PRIYA, ...OTHERS]) await makeKey(owner);
    };
    /** Returns the state of the oldest key that was not created by a request. */
    const stateOf = async (owner = PRIYA) => {
      const key = await replicas
        .knex('api_keys')
        .where({ owner })
        .orderByRaw(`name = 'new'`)
        .first();
      const row = await replicas
        .knex('api_key_owners')
        .where({ owner })
        .first();
      if (key.revoked_at !== null) return key.revoked_reason;
      return row.unconfirmed_since === null ? 'works' : 'unconfirmed';
    };
    const events = (type: string) =>
      replicas.knex('api_key_events').where({ type });

    describe('with a known id', () => {
      it('loses every key once the same entity has another id', async () => {
        await makeKeys();
        await makeKey();
        await look(withId('first', '1'));
        expect(await stateOf()).toBe('works');
        const { auditor, logger } = await look(withId('first', '2'));

        expect(await stateOf()).toBe('offboarded');
        expect(await stateOf(OTHERS[0])).toBe('works');
        const ended = await events('revoked');
        expect(ended).toHaveLength(2);
        expect(ended[0]).toMatchObject({
          category: 'SECURITY',
          owner: PRIYA,
          actor: null,
          details: '{"reason":"offboarded","cause":"owner-replaced"}',
        });
        expect(auditor.createEvent).toHaveBeenCalledWith(
          expect.objectContaining({
            eventId: 'owner-replaced',
            severityLevel: 'high',
            meta: { owner: PRIYA, concernedKeys: 2 },
          }),
        );
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining(`Revoked 2 API keys of ${PRIYA}`),
        );
      });

      it('loses them too when another person is registered as another entity', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await look(OTHERS_THERE);
        await look(withId('second', '2'));
        expect(await stateOf()).toBe('offboarded');
      });

      it('keeps them as another entity with the same id, however long it was away', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await pass(20 * HOUR, OTHERS_THERE);
        await look(withId('second', '1'));
        expect(await stateOf()).toBe('works');
        expect(await events('owner-unconfirmed')).toEqual([]);
      });

      it('keeps them when the annotation goes and comes back', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await look(HERSELF);
        await look(withId('first', '1'));
        expect(await stateOf()).toBe('works');
        await look(HERSELF);
        await look(withId('first', '2'));
        expect(await stateOf()).toBe('offboarded');
      });

      it('keeps them when another provider takes over, and is known by its id from then on', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await look(withId('first', 'x', LDAP));
        expect(await stateOf()).toBe('works');
        await look(withId('first', 'y', LDAP));
        expect(await stateOf()).toBe('offboarded');
      });

      it('is a group as well', async () => {
        await makeKey(TEAM);
        await look({ [TEAM]: entity('first', '1', LDAP) });
        await look({ [TEAM]: entity('first', '2', LDAP) });
        expect(await stateOf(TEAM)).toBe('offboarded');
      });

      it('loses nothing if the catalog takes it back before the keys are ended', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        const catalog = catalogWith(withId('first', '2'));
        const asked = catalog.getEntitiesByRefs.bind(catalog);
        const corrected = catalogWith(withId('first', '1'));
        jest
          .spyOn(catalog, 'getEntitiesByRefs')
          .mockImplementationOnce(asked)
          .mockImplementation(corrected.getEntitiesByRefs.bind(corrected));
        await offboardingOn(replicas.stores[0], catalog).run();
        expect(await stateOf()).toBe('works');
      });

      it('does not see the keys of the previous owner, which admins still see', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await look(withId('first', '2'));
        await makeKey();
        const stores = replicas.stores[0];
        const page = { order: 'createdAt:asc', limit: 10 } as const;
        const list = (owners: string[] | 'everybody') =>
          stores.keys.list({ owners }, { owner: PRIYA }, page, now);
        expect((await list([PRIYA])).totalItems).toBe(1);
        const { items } = await list('everybody');
        expect(items).toHaveLength(2);
        const scope = { owners: [PRIYA] };
        expect(await stores.keys.findById(items[0].id, scope)).toBeUndefined();
        expect(await stores.keys.findById(items[1].id, scope)).toBeDefined();
        const { items: trail } = await stores.events.list(
          { keys: scope },
          { limit: 10 },
        );
        expect(new Set(trail.map(({ keyId }) => keyId))).toEqual(
          new Set([items[1].id]),
        );
      });

      it('does not see keys that had ended before, either', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await replicas
          .knex('api_keys')
          .where({ owner: PRIYA })
          .update({
            ...{ revoked_at: now, revoked_reason: 'rotated' },
          });
        await look(withId('first', '2'));
        const stores = replicas.stores[0];
        expect(await stores.keys.count({ owners: [PRIYA] }, {}, now)).toBe(0);
      });
    });

    describe('without a known id', () => {
      it('has to be confirmed after returning as another entity after an hour', async () => {
        await makeKeys();
        await look(HERSELF);
        await pass(HOUR, OTHERS_THERE);
        const { auditor } = await look(ANOTHER_ENTITY);
        expect(await stateOf()).toBe('unconfirmed');
        expect(await events('owner-unconfirmed')).toEqual([
          expect.objectContaining({
            ...{ category: 'SECURITY', owner: PRIYA, details: '{}' },
          }),
        ]);
        expect(auditor.createEvent).toHaveBeenCalledWith(
          expect.objectContaining({ eventId: 'owner-unconfirmed' }),
        );
        await look(ANOTHER_ENTITY);
        expect(await stateOf()).toBe('unconfirmed');
        expect(await events('owner-unconfirmed')).toHaveLength(1);
      });

      it('need not be confirmed after returning within an hour', async () => {
        await makeKeys();
        await look(HERSELF);
        await pass(HOUR - 2 * LOOK_EVERY, OTHERS_THERE);
        await look(ANOTHER_ENTITY);
        expect(await stateOf()).toBe('works');
      });

      it('need not be confirmed after returning as the same entity', async () => {
        await makeKeys();
        await look(HERSELF);
        await pass(5 * HOUR, OTHERS_THERE);
        await look(HERSELF);
        expect(await stateOf()).toBe('works');
      });

      it('has to be confirmed after being replaced while no check ran for an hour', async () => {
        await makeKeys();
        await look(HERSELF);
        now += HOUR;
        await look(ANOTHER_ENTITY);
        expect(await stateOf()).toBe('unconfirmed');
      });

      it('has to be confirmed who was away while nobody looked, though the absence that counts was short', async () => {
        await makeKeys();
        await look(HERSELF);
        now += 48 * HOUR;
        await look(OTHERS_THERE);
        await look(ANOTHER_ENTITY);
        expect(await stateOf()).toBe('unconfirmed');
      });

      it('is confirmed automatically once the previous entity is back', async () => {
        await makeKeys();
        await look(HERSELF);
        await pass(HOUR, OTHERS_THERE);
        await look(ANOTHER_ENTITY);
        await look(HERSELF);
        expect(await stateOf()).toBe('works');
      });

      it('is known by its id once one appears', async () => {
        await makeKeys();
        await look(HERSELF);
        await look(withId('first', '1'));
        await look(withId('first', '2'));
        expect(await stateOf()).toBe('offboarded');
      });

      it('has to be confirmed after returning with its first id', async () => {
        await makeKeys();
        await look(HERSELF);
        await pass(HOUR, OTHERS_THERE);
        await look(withId('second', '2'));
        await look(withId('second', '2'));
        expect(await stateOf()).toBe('unconfirmed');
      });
    });

    describe('among many', () => {
      const everybody = (of: string, id?: (ref: string) => string): Catalog =>
        Object.fromEntries(
          [PRIYA, ...OTHERS].map(ref => [
            ref,
            entity(`${of} uid of ${ref}`, id?.(ref)),
          ]),
        );
      const stateOfAll = () =>
        Promise.all([PRIYA, ...OTHERS].map(ref => stateOf(ref)));

      it('is the same person if a provider drops all owners and restores them within an hour', async () => {
        await makeKeys();
        await look(everybody('old'));
        await pass(HOUR - 2 * LOOK_EVERY, {});
        await look(everybody('new'));
        expect(new Set(await stateOfAll())).toEqual(new Set(['works']));
      });

      it('is the same person if all are new entities at once, also those who follow within an hour', async () => {
        await makeKeys();
        await look(everybody('old'));
        await pass(10 * HOUR, {});
        const { [PRIYA]: late, ...first } = everybody('new');
        const { logger } = await look(first);
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining('new entities in the catalog, all at once'),
        );
        await look({ ...first, [PRIYA]: late });
        expect(new Set(await stateOfAll())).toEqual(new Set(['works']));
      });

      it('has to be confirmed if it follows later', async () => {
        await makeKeys();
        await look(everybody('old'));
        await pass(10 * HOUR, {});
        const { [PRIYA]: late, ...first } = everybody('new');
        await look(first);
        await pass(HOUR, first);
        await look({ ...first, [PRIYA]: late });
        expect(await stateOf()).toBe('unconfirmed');
        expect(await stateOf(OTHERS[0])).toBe('works');
      });

      it('is the same person if all return with their ids', async () => {
        const id = (ref: string) => `id of ${ref}`;
        await makeKeys();
        await look(everybody('old', id));
        await pass(10 * HOUR, {});
        await look(everybody('new', id));
        expect(new Set(await stateOfAll())).toEqual(new Set(['works']));
      });

      it('has no key ended for good if all have other ids at once, and none that works either', async () => {
        await makeKeys();
        await look(everybody('old', ref => `old id of ${ref}`));
        const other = everybody('old', ref => `new id of ${ref}`);
        const { logger } = await look(other);
        expect(logger.warn).toHaveBeenCalledWith(
          expect.stringContaining('another id of the identity provider'),
        );
        await look(other);
        expect(new Set(await stateOfAll())).toEqual(new Set(['unconfirmed']));
        await look(everybody('old', ref => `old id of ${ref}`));
        expect(new Set(await stateOfAll())).toEqual(new Set(['works']));
      });

      it('has to be confirmed though half of the others have to be already', async () => {
        await makeKeys();
        const all = everybody('old');
        const anew = everybody('new');
        await look(all);
        for (const ref of [OTHERS[0], OTHERS[1], PRIYA]) {
          delete all[ref];
          await pass(HOUR, all);
          all[ref] = anew[ref];
          await look(all);
        }
        expect(await stateOfAll()).toEqual([
          ...['unconfirmed', 'unconfirmed', 'unconfirmed', 'works'],
        ]);
      });
    });

    describe('with two replicas', () => {
      it('loses each key once, with one event each', async () => {
        await makeKeys();
        for (let i = 0; i < 20; i++) await makeKey();
        await look(withId('first', '1'));
        await replicas.warmUp();
        await Promise.all(
          [0, 1].map(i => onReplica(withId('first', '2'), i).run()),
        );
        expect(await stateOf()).toBe('offboarded');
        expect(await events('revoked')).toHaveLength(21);
      });

      const createOn = async (replica: number, catalog: Catalog) => {
        const stores = replicas.stores[replica];
        const { service } = serviceOn(stores, {}, catalogWith(catalog));
        const request = { name: 'new' };
        const { key } = await service.create(PRIYA, request, maker(PRIYA));
        return key.id;
      };
      const living = () =>
        replicas.knex('api_keys').where({ revoked_at: null }).pluck('id');

      it('keeps the key of the new person while a check is about to end those of the previous one', async () => {
        await makeKey();
        await look(withId('first', '1'));
        const catalog = catalogWith(withId('first', '2'));
        const ask = catalog.getEntitiesByRefs.bind(catalog);
        let made: string | undefined;
        jest
          .spyOn(catalog, 'getEntitiesByRefs')
          .mockImplementationOnce(ask)
          .mockImplementationOnce(async (...question) => {
            made = await createOn(1, withId('first', '2'));
            return ask(...question);
          });
        await offboardingOn(replicas.stores[0], catalog).run();
        expect(await living()).toEqual([made]);
      });

      it('keeps the keys of the new person in any order of checks and requests', async () => {
        for (let round = 0; round < 10; round++) {
          await replicas.knex('api_key_owners').delete();
          await replicas.knex('api_keys').delete();
          for (let i = 0; i < 5; i++) await makeKey();
          await look(withId('first', '1'));
          await replicas.warmUp();
          const taken = withId('first', '2');
          const [made] = await Promise.all([
            createOn(round % 2, taken),
            onReplica(taken, 0).run(),
            onReplica(taken, 1).run(),
          ]);
          expect(await living()).toEqual([made]);
          const row = await replicas.knex('api_key_owners').first();
          expect(JSON.parse(row.identity).ids).toEqual({ [GITHUB]: '2' });
        }
      });
    });

    describe('who creates a key', () => {
      const create = (catalog: Catalog) =>
        serviceOn(replicas.stores[0], {}, catalogWith(catalog)).service.create(
          PRIYA,
          { name: 'new' },
          maker(PRIYA),
        );

      it('is known from then on', async () => {
        await create(withId('first', '1'));
        const row = await replicas.knex('api_key_owners').first();
        expect(JSON.parse(row.identity)).toEqual({
          ...{ uid: 'first', ids: { [GITHUB]: '1' } },
        });
        await look(withId('first', '2'));
        expect(await stateOf()).toBe('offboarded');
      });

      it('ends the keys of the previous person, without waiting for a check', async () => {
        await makeKeys();
        await look(withId('first', '1'));
        await create(withId('first', '2'));
        expect(await stateOf()).toBe('offboarded');
      });

      it('is refused while waiting for confirmation, also for a rotation', async () => {
        await makeKeys();
        await look(HERSELF);
        await pass(HOUR, OTHERS_THERE);
        await expect(create(ANOTHER_ENTITY)).rejects.toMatchObject({
          name: 'ConflictError',
          message: expect.stringContaining('has to be confirmed'),
        });
        expect(await stateOf()).toBe('unconfirmed');
        const key = await replicas.knex('api_keys').where({ owner: PRIYA });
        const { service } = serviceOn(
          replicas.stores[0],
          {},
          catalogWith(ANOTHER_ENTITY),
        );
        const record = await replicas.stores[0].keys.findById(key[0].id);
        await expect(
          service.rotate(record!, { rotatedBy: 'owner' }, maker(PRIYA)),
        ).rejects.toMatchObject({ name: 'ConflictError' });
      });

      it('gets a ServiceUnavailableError when the catalog is unavailable', async () => {
        const catalog = catalogWith({});
        jest
          .spyOn(catalog, 'getEntitiesByRefs')
          .mockRejectedValue(new Error('away'));
        const { service } = serviceOn(replicas.stores[0], {}, catalog);
        await expect(
          service.create(PRIYA, { name: 'new' }, maker(PRIYA)),
        ).rejects.toMatchObject({ name: 'ServiceUnavailableError' });
        expect(await replicas.knex('api_keys')).toEqual([]);
      });
    });
  },
);
