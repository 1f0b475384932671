import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { offboardingOn } from '../__testUtils__/offboardingOn';
import { changingCatalog, ChangingCatalog } from '../__testUtils__/realCatalog';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers } from '../__testUtils__/testPolicy';
import { openStores, Stores } from '../database/stores';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
jest.setTimeout(60_000);

const V1 = '/api/api-keys/v1';
const PRIYA = 'user:default/priya';
const GITHUB = 'github.com/user-id';
const HOUR = 60 * 60_000;

/** Returns the user that an identity provider registers under the name priya. */
const priya = (id?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: {
    name: 'priya',
    namespace: 'default',
    ...(id && { annotations: { [GITHUB]: id } }),
  },
  spec: { memberOf: [] },
});

describe.each(databases.eachSupportedId())(
  'another person under the name of an owner, in the real catalog, on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let stores: Stores;
    let catalog: ChangingCatalog;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      catalog = changingCatalog(company);
      // Catalog checks run on another replica here; their results arrive within this time.
      portal = await startTestPortal({
        knex,
        apiKeys: { verification: { maxStaleness: 0 } },
        realCatalog: catalog.features,
      });
      portal.policy.current = onlyGraceAdministers;
      stores = await openStores({
        database: mockServices.database({ knex }),
      });
    });

    beforeEach(async () => {
      for (const table of [
        'api_keys',
        'api_key_events',
        'api_key_owners',
        'api_key_catalog_looks',
      ]) {
        await knex(table).delete();
      }
    });

    afterAll(() => portal.stop());

    const find = async (ref = PRIYA) => {
      const { catalog: service, auth } = catalog.services();
      return service.getEntityByRef(ref, {
        credentials: await auth.getOwnServiceCredentials(),
      });
    };
    /** Changes the entities of the provider and waits until the catalog has them. */
    const register = async (...people: Entity[]) => {
      await catalog.provide([...company, ...people]);
      const [one] = people;
      await eventually(async () => {
        const found = await find();
        expect(Boolean(found)).toBe(one !== undefined);
        expect(found?.metadata.annotations?.[GITHUB]).toBe(
          one?.metadata.annotations?.[GITHUB],
        );
      });
      return (await find())?.metadata.uid;
    };
    /** Removes a user from the catalog and registers them again. */
    const registerAnew = async (person: Entity) => {
      await register();
      return register(person);
    };
    /** Runs the scheduled job of some replica. */
    const look = () => {
      const { catalog: service, auth } = catalog.services();
      return offboardingOn(stores, service, { auth }).run();
    };
    /** Moves the last check of missing owners, or of all, this far into the past. */
    const pass = async (milliseconds: number) => {
      await knex('api_key_owners').decrement('absent_since', milliseconds);
      await knex('api_key_catalog_looks').decrement(
        'believed_at',
        milliseconds,
      );
    };
    const whoami = (secret: string) =>
      portal.call('get', '/api/probe/whoami', secret);
    const listAs = async (user: string) => {
      const token = await portal.signIn(user);
      const { body } = await portal
        .call('get', `${V1}/keys`, token)
        .expect(200);
      return body.items.map(({ id }: { id: string }) => id);
    };
    const confirm = (token: string, same: boolean, path = 'owners') =>
      portal
        .call(
          'post',
          `${V1}/${path}/${encodeURIComponent(PRIYA)}/identity`,
          token,
        )
        .send({ same });
    const securityEvents = async (type: string) => {
      const events = await knex('api_key_events').where({
        type,
        category: 'SECURITY',
      });
      return events.map(({ details }) => JSON.parse(details));
    };

    describe('with another id', () => {
      beforeEach(() => registerAnew(priya('1')));

      it('ends the keys at the next exchange, even if the entity is the same', async () => {
        const uid = (await find())?.metadata.uid;
        const { key, secret } = await portal.createKey('priya');
        expect(await register(priya('2'))).toBe(uid);

        const { body } = await whoami(secret).expect(401);
        expect(body.error.message).toMatch('The API key was revoked on');
        expect(await securityEvents('revoked')).toEqual([
          { reason: 'offboarded', cause: 'owner-replaced' },
        ]);
        expect(await listAs('priya')).toEqual([]);
        const namesake = await portal.signIn('priya');
        for (const path of ['', '/events', '/usage']) {
          await portal
            .call('get', `${V1}/keys/${key.id}${path}`, namesake)
            .expect(404);
        }
        await portal
          .call('post', `${V1}/keys/${key.id}/rotate`, namesake)
          .send({})
          .expect(404);
        const grace = await portal.signIn('grace');
        const { body: all } = await portal
          .call('get', `${V1}/admin/keys?owner=${PRIYA}`, grace)
          .expect(200);
        expect(all.items).toMatchObject([
          { id: key.id, status: 'revoked', revokedReason: 'offboarded' },
        ]);
      });

      it('ends the keys at the next catalog check while a user token is still cached', async () => {
        const { secret } = await portal.createKey('priya');
        await whoami(secret).expect(200);
        await register(priya('2'));
        await whoami(secret).expect(200);
        await look();
        await whoami(secret).expect(401);
      });

      it('ends the keys by opening the page, before any is shown', async () => {
        const { secret } = await portal.createKey('priya');
        await whoami(secret).expect(200);
        await register(priya('2'));
        const namesake = await portal.signIn('priya');
        const { body } = await portal
          .call('get', `${V1}/owners/unconfirmed`, namesake)
          .expect(200);
        expect(body).toEqual({ items: [] });
        expect(await listAs('priya')).toEqual([]);
        await whoami(secret).expect(401);
      });

      it('ends the keys by creating one, which works and is the only one shown', async () => {
        const old = await portal.createKey('priya');
        await whoami(old.secret).expect(200);
        await register(priya('2'));
        const made = await portal.createKey('priya', { name: 'new' });
        await whoami(old.secret).expect(401);
        await whoami(made.secret).expect(200);
        expect(await listAs('priya')).toEqual([made.key.id]);
        await look();
        await whoami(made.secret).expect(200);
      });

      it('gets no alerts about secrets that the previous owner has replaced', async () => {
        const first = await portal.createKey('priya');
        const token = await portal.signIn('priya');
        await portal
          .call('post', `${V1}/keys/${first.key.id}/rotate`, token)
          .send({ overlap: 'immediately' })
          .expect(201);
        await register(priya('2'));
        await look();
        await whoami(first.secret).expect(401);
        await eventually(async () => {
          expect(await securityEvents('refused')).toMatchObject([
            { reason: 'owner-replaced' },
          ]);
        });
        expect(await securityEvents('rotated-key-presented')).toEqual([]);
      });
    });

    it('is ruled out if another entity with the same id returns after days', async () => {
      const uid = await registerAnew(priya('1'));
      const { secret } = await portal.createKey('priya');
      await look();
      await register();
      await look();
      await pass(72 * HOUR);
      expect(await register(priya('1'))).not.toBe(uid);
      await look();
      await whoami(secret).expect(200);
    });

    describe('without an id, who returns as another entity', () => {
      let key: Awaited<ReturnType<TestPortal['createKey']>>;

      beforeEach(async () => {
        await registerAnew(priya());
        key = await portal.createKey('priya');
        await whoami(key.secret).expect(200);
        await look();
        await register();
        await look();
      });

      const comeBack = async () => {
        await pass(2 * HOUR);
        await register(priya());
        await look();
      };

      it('counts as the same owner within an hour', async () => {
        await register(priya());
        await look();
        await whoami(key.secret).expect(200);
      });

      it('has no working key until the owner has confirmed', async () => {
        await comeBack();
        const { body, headers } = await whoami(key.secret).expect(401);
        expect(body.error.message).toBe(
          `The API key's owner ${PRIYA} was away from the catalog and may be somebody else now: the API key works again once its owner or an administrator has confirmed it in the portal`,
        );
        expect(headers['www-authenticate']).toMatch('invalid_token');
        await portal
          .call('post', `${V1}/self/rotate`, key.secret)
          .send({})
          .expect(401);
        expect(await securityEvents('owner-unconfirmed')).toEqual([{}]);

        const token = await portal.signIn('priya');
        const { body: waiting } = await portal
          .call('get', `${V1}/owners/unconfirmed`, token)
          .expect(200);
        expect(waiting.items).toEqual([
          { owner: PRIYA, since: expect.any(String), keys: 1 },
        ]);
        await portal
          .call('post', `${V1}/keys/${key.key.id}/rotate`, token)
          .send({})
          .expect(409);
        await portal
          .call('post', `${V1}/keys`, token)
          .send({ name: 'new' })
          .expect(409);

        const { body: confirmed } = await confirm(token, true).expect(200);
        expect(confirmed).toEqual({ owner: PRIYA, keys: 1 });
        await whoami(key.secret).expect(200);
        await confirm(token, true).expect(409);
        await confirm(token, false).expect(409);
        await look();
        await whoami(key.secret).expect(200);
        const events = await knex('api_key_events').where({
          type: 'owner-confirmed',
        });
        expect(events).toMatchObject([{ actor: PRIYA, category: 'AUDIT' }]);
      });

      it.each(['owners', 'admin/owners'])(
        'gets no keys back if the limit allows none (%s)',
        async path => {
          await comeBack();
          const grace = await portal.signIn('grace');
          const limit = `${V1}/admin/owners/${encodeURIComponent(
            PRIYA,
          )}/policy`;
          await portal
            .call('put', limit, grace)
            .send({ limits: { keysPerOwner: 0 } })
            .expect(200);
          const token =
            path === 'owners' ? await portal.signIn('priya') : grace;
          const { body } = await confirm(token, true, path).expect(409);
          expect(body.error.message).toBe(
            `${PRIYA} may have no API keys: limits.keysPerOwner is 0`,
          );
          await whoami(key.secret).expect(401);
          await portal.call('delete', limit, grace).expect(204);
          await confirm(token, true, path).expect(200);
          await whoami(key.secret).expect(200);
        },
      );

      it('cannot be confirmed by other users, keys or plugins', async () => {
        const other = await portal.createKey('linus');
        await comeBack();
        for (const token of [
          await portal.signIn('linus'),
          await portal.signIn('grace'),
          other.secret,
        ]) {
          await confirm(token, true).expect(403);
          await confirm(token, false).expect(403);
        }
        await confirm(key.secret, true).expect(401);
        await portal
          .call('post', `${V1}/owners/${encodeURIComponent(PRIYA)}/identity`)
          .send({ same: true })
          .expect(401);
        const linus = await portal.signIn('linus');
        await confirm(linus, true, 'admin/owners').expect(403);
        for (const path of ['owners', 'admin/owners']) {
          const hop = `/api/probe/hop/api-keys/v1/${path}/${encodeURIComponent(
            encodeURIComponent(PRIYA),
          )}/identity`;
          for (const user of ['priya', 'grace']) {
            const { body } = await portal
              .call('post', hop, await portal.signIn(user))
              .send({ same: true })
              .expect(403);
            expect(body.error.message).toContain('on their behalf');
          }
        }
        const grace = await portal.createKey('grace');
        await confirm(grace.secret, true, 'admin/owners').expect(403);
        await whoami(key.secret).expect(401);
      });

      it('can be confirmed by an admin', async () => {
        await comeBack();
        const grace = await portal.signIn('grace');
        const { body } = await portal
          .call('get', `${V1}/admin/keys?ownerUnconfirmed=true`, grace)
          .expect(200);
        expect(body.items).toMatchObject([{ id: key.key.id }]);
        await confirm(grace, true, 'admin/owners').expect(200);
        await whoami(key.secret).expect(200);
        const { body: rest } = await portal
          .call('get', `${V1}/admin/keys?ownerUnconfirmed=true`, grace)
          .expect(200);
        expect(rest.items).toEqual([]);
      });

      it.each(['owners', 'admin/owners'])(
        'loses the keys after the answer that it is another person (%s), and creates new ones',
        async path => {
          await comeBack();
          const user = path === 'owners' ? 'priya' : 'grace';
          await confirm(await portal.signIn(user), false, path).expect(200);
          await whoami(key.secret).expect(401);
          expect(await listAs('priya')).toEqual([]);
          expect(await securityEvents('revoked')).toEqual([
            { reason: 'offboarded', cause: 'owner-replaced' },
          ]);
          const made = await portal.createKey('priya');
          await whoami(made.secret).expect(200);
        },
      );

      it('is confirmed once by concurrent requests', async () => {
        await comeBack();
        const token = await portal.signIn('priya');
        const answers = await Promise.all([
          confirm(token, true),
          confirm(token, false),
          confirm(token, true),
        ]);
        const statuses = answers.map(({ status }) => status).sort();
        expect(statuses).toEqual([200, 409, 409]);
      });

      it('cannot be confirmed while away from the catalog', async () => {
        await comeBack();
        const token = await portal.signIn('priya');
        await register();
        await confirm(token, true).expect(409);
        await whoami(key.secret).expect(401);
      });
    });

    it('is ruled out if a provider drops all users for hours and brings them back', async () => {
      const everybody = [...company, priya()];
      await registerAnew(priya());
      const made = [];
      for (const user of ['priya', 'ada', 'linus']) {
        made.push(await portal.createKey(user));
      }
      await look();
      await catalog.provide([]);
      await eventually(async () => {
        for (const entity of everybody) {
          expect(await find(stringifyEntityRef(entity))).toBeUndefined();
        }
      });
      await look();
      await pass(5 * HOUR);
      await register(priya());
      await eventually(async () => {
        for (const entity of everybody) {
          expect(await find(stringifyEntityRef(entity))).toBeDefined();
        }
      });
      await look();
      for (const { secret } of made) await whoami(secret).expect(200);
    });
  },
);
