import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Knex } from 'knex';
import { eventually } from '../__testUtils__/eventually';
import { offboardingOn } from '../__testUtils__/offboardingOn';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { openStores, Stores } from '../database/stores';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const LINUS = 'user:default/linus';
const OTHER_TEAM = 'group:default/team-b';

describe.each(databases.eachSupportedId())(
  'an owner who leaves the catalog, on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let stores: Stores;
    let gone: string[];

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      // Catalog checks run on another replica here; their results arrive within this time.
      portal = await startTestPortal({
        knex,
        apiKeys: { verification: { maxStaleness: 0 } },
      });
      stores = await openStores({
        database: mockServices.database({ knex }),
      });
    });

    beforeEach(async () => {
      gone = [];
      const { getEntityByRef, getEntitiesByRefs } = portal.catalog;
      const has = (ref: unknown) =>
        !gone.includes(stringifyEntityRef(parseEntityRef(ref as string)));
      jest
        .spyOn(portal.catalog, 'getEntityByRef')
        .mockImplementation(async (ref, options) =>
          has(ref)
            ? getEntityByRef.call(portal.catalog, ref, options)
            : undefined,
        );
      jest
        .spyOn(portal.catalog, 'getEntitiesByRefs')
        .mockImplementation(async (request, options) => {
          const { items } = await getEntitiesByRefs.call(
            portal.catalog,
            request,
            options,
          );
          return {
            items: items.map((item, i) =>
              has(request.entityRefs[i]) ? item : undefined,
            ),
          };
        });
    });

    afterEach(() => jest.restoreAllMocks());
    afterAll(() => portal.stop());

    const whoami = (secret: string) =>
      portal.call('get', '/api/probe/whoami', secret);
    /** Runs the scheduled job of some replica. */
    const look = () => offboardingOn(stores, portal.catalog).run();

    it.each([
      [LINUS, undefined],
      [OTHER_TEAM, OTHER_TEAM],
    ])(
      'has no working key after the next catalog check, %s, even with a cached user token, and has it again on return',
      async (ref, owner) => {
        const { key, secret } = await portal.createKey('linus', { owner });
        await whoami(secret).expect(200);

        gone = [ref];
        // The token of the last request is still valid, and no catalog check has run.
        await whoami(secret).expect(200);

        await look();
        const { body, headers } = await whoami(secret).expect(401);
        expect(body.error.message).toBe(
          `The API key's owner ${ref} is not in the catalog`,
        );
        expect(headers['www-authenticate']).toMatch('invalid_token');

        gone = [];
        await look();
        await whoami(secret).expect(200);
        await eventually(async () => {
          const events = await knex('api_key_events').where({
            key_id: key.id,
            type: 'refused',
          });
          expect(events.map(({ details }) => JSON.parse(details))).toEqual([
            expect.objectContaining({ reason: 'owner-missing' }),
          ]);
        });
      },
    );

    it('has no working key at once if the key was not used recently', async () => {
      const { secret } = await portal.createKey('linus');
      gone = [LINUS];
      const { body } = await whoami(secret).expect(401);
      expect(body.error.message).toMatch('not in the catalog');
    });

    it('cannot use the user token of a key, and the key cannot rotate itself', async () => {
      const { secret } = await portal.createKey('linus');
      const plugin = await portal.call('get', '/api/probe/plugin-token/auth');
      const exchange = await portal
        .call('post', '/api/auth/api-key/refresh', plugin.body.token)
        .set('X-API-Key', secret)
        .expect(200);
      const { token } = exchange.body.backstageIdentity;
      await whoami(token).expect(200);
      gone = [LINUS];
      await look();
      await whoami(token).expect(401);
      await portal
        .call('post', '/api/api-keys/v1/self/rotate', secret)
        .send({})
        .expect(401);
      // A client that has found the secret can still revoke it.
      await portal
        .call('post', '/api/api-keys/v1/revoke')
        .send({ token: secret })
        .expect(200);
      gone = [];
      await look();
      await whoami(secret).expect(401);
    });

    it('does not affect a key that an admin has transferred', async () => {
      const { key, secret } = await portal.createKey('linus');
      gone = [LINUS];
      await look();
      await whoami(secret).expect(401);
      await portal
        .call(
          'post',
          '/api/api-keys/v1/admin/transfer',
          await portal.signIn('grace'),
        )
        .send({ filter: { ownerMissing: true }, owner: OTHER_TEAM })
        .expect(200);
      const { body } = await whoami(secret).expect(200);
      expect(body.info.userEntityRef).toBe(OTHER_TEAM);
      expect((await stores.keys.findById(key.id))?.createdBy).toBe(LINUS);
    });
  },
);
