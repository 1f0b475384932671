import { TestDatabases } from '@backstage/backend-test-utils';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { realCatalog } from '../__testUtils__/realCatalog';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const TEAM = 'group:default/team-a';

describe.each(databases.eachSupportedId())(
  'the key of a team on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;
    let grace: string;
    let linus: string;
    let team: Awaited<ReturnType<TestPortal['createKey']>>;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({ knex });
      linus = await portal.signIn('linus');
    });

    beforeEach(async () => {
      await knex('api_keys').delete();
      ada = await portal.signIn('ada');
      grace = await portal.signIn('grace');
      team = await portal.createKey('ada', { name: 'deploy', owner: TEAM });
    });

    afterEach(() => jest.restoreAllMocks());

    const whoami = (secret: string) =>
      portal.call('get', '/api/probe/whoami', secret);
    const create = (token: string, owner: string) =>
      portal.call('post', KEYS, token).send({ name: 'ci', owner });

    /** Replaces the responses of the catalog. */
    function catalogSays(lookUp: (ref: string) => Entity | undefined) {
      jest
        .spyOn(portal.catalog, 'getEntityByRef')
        .mockImplementation(async ref =>
          lookUp(stringifyEntityRef(parseEntityRef(ref))),
        );
    }
    const entityOf = (ref: string) =>
      company.find(entity => stringifyEntityRef(entity) === ref);
    /** Removes Ada from the group; her session still lists it. */
    const adaLeaves = () =>
      catalogSays(ref => {
        const entity = entityOf(ref);
        return ref === 'user:default/ada'
          ? { ...entity!, relations: [] }
          : entity;
      });

    it('acts as the team, and owns what the team owns', async () => {
      expect(team.key).toMatchObject({
        owner: TEAM,
        subject: TEAM,
        createdBy: 'user:default/ada',
      });
      const { body } = await whoami(team.secret).expect(200);
      expect(body).toEqual({
        principal: { type: 'user', userEntityRef: TEAM },
        info: { userEntityRef: TEAM, ownershipEntityRefs: [TEAM] },
      });
    });

    it('can be seen, rotated and revoked by every member, and by no other user', async () => {
      const { id } = team.key;
      const { body: list } = await portal.call('get', KEYS, grace).expect(200);
      expect(list.items).toEqual([expect.objectContaining({ id })]);
      await portal.call('get', `${KEYS}/${id}`, linus).expect(404);
      await portal.call('post', `${KEYS}/${id}/rotate`, linus).expect(404);

      const { body: rotated } = await portal
        .call('post', `${KEYS}/${id}/rotate`, grace)
        .expect(201);
      expect(rotated.key).toMatchObject({
        owner: TEAM,
        createdBy: 'user:default/grace',
      });
      await whoami(rotated.secret).expect(200);
      await whoami(team.secret).expect(401);
      await portal.call('delete', `${KEYS}/${rotated.key.id}`, ada).expect(204);
      await whoami(rotated.secret).expect(401);
    });

    it('is offered to each member, with the limits of the team', async () => {
      const { body } = await portal
        .call('get', `/api/api-keys/v1/policy?owner=Group:default/Team-A`, ada)
        .expect(200);
      expect(body).toMatchObject({
        owner: TEAM,
        owners: ['user:default/ada', TEAM],
        limits: { keysInUse: 1 },
      });
      await portal
        .call('get', `/api/api-keys/v1/policy?owner=${TEAM}`, linus)
        .expect(403);
    });

    it.each([
      ['group:default/team-b', 'its members, and you are not one of them'],
      ['group:default/nowhere', 'its members, and you are not one of them'],
      ['user:default/linus', 'that user alone'],
    ])('cannot be created for %s by another user', async (owner, managers) => {
      const { status, body } = await create(ada, owner);
      expect(status).toBe(403);
      expect(body.error.message).toBe(
        `API keys of ${owner} are made and managed by ${managers}`,
      );
    });

    it('cannot be created for a group that is not in the session yet', async () => {
      const joined = 'group:default/team-b';
      catalogSays(ref => {
        const entity = entityOf(ref);
        const relations = [{ type: 'memberOf', targetRef: joined }];
        return ref === 'user:default/ada' ? { ...entity!, relations } : entity;
      });
      await create(ada, joined).expect(403);
    });

    it('rotates and revokes itself, and cannot create keys', async () => {
      const { body: rotated } = await portal
        .call('post', '/api/api-keys/v1/self/rotate', team.secret)
        .expect(201);
      expect(rotated.key).toMatchObject({ owner: TEAM, createdBy: TEAM });
      await create(rotated.secret, TEAM).expect(403);
      await portal
        .call('delete', '/api/api-keys/v1/self', rotated.secret)
        .expect(204);
      await whoami(rotated.secret).expect(401);
    });

    describe('once its creator has left the team', () => {
      beforeEach(adaLeaves);

      it('works on', async () => {
        await whoami(team.secret).expect(200);
      });

      it.each<[string, 'post' | 'patch' | 'delete', string, object]>([
        ['rotated', 'post', '/rotate', {}],
        ['changed', 'patch', '', { name: 'x' }],
        ['kept alive', 'post', '/keep-alive', {}],
        ['revoked', 'delete', '', {}],
      ])(
        'cannot be %s by them, though their session still lists the team',
        async (_, method, path, body) => {
          const { status, body: answer } = await portal
            .call(method, `${KEYS}/${team.key.id}${path}`, ada)
            .send(body);
          expect(status).toBe(403);
          expect(answer.error.message).toContain(TEAM);
          expect(answer).not.toHaveProperty('secret');
          await portal.call('get', `${KEYS}/${team.key.id}`, grace).expect(200);
        },
      );

      it('gets no more siblings from them', async () => {
        await create(ada, TEAM).expect(403);
      });

      it('is hidden from them after their next sign-in', async () => {
        const again = await portal.signIn('ada');
        // Backstage caches the ownership of a user for a few seconds.
        await eventually(async () => {
          await portal.call('get', `${KEYS}/${team.key.id}`, again).expect(404);
        });
      });
    });

    it('ends with the team', async () => {
      catalogSays(ref => (ref === TEAM ? undefined : entityOf(ref)));
      const { headers } = await whoami(team.secret).expect(401);
      expect(headers['www-authenticate']).toContain(
        `${TEAM}, who is not in the catalog`,
      );
    });

    it('cannot be managed while the catalog is down, unlike keys of the user', async () => {
      const own = await portal.createKey('ada');
      jest
        .spyOn(portal.catalog, 'getEntityByRef')
        .mockRejectedValue(new Error('catalog is down'));
      const { status, headers } = await portal.call(
        'post',
        `${KEYS}/${team.key.id}/rotate`,
        ada,
      );
      expect(status).toBe(503);
      expect(headers['retry-after']).toBe('5');
      await portal.call('delete', `${KEYS}/${own.key.id}`, ada).expect(204);
    });

    it('has the limit and the policy of the team', async () => {
      await portal
        .call(
          'put',
          `/api/api-keys/v1/admin/owners/${encodeURIComponent(TEAM)}/policy`,
          grace,
        )
        .send({ limits: { keysPerOwner: 1 }, lifetime: { max: 'P10D' } })
        .expect(200);
      const { status, body } = await create(ada, TEAM);
      expect(status).toBe(409);
      expect(body.error.message).toContain(`${TEAM} has 1 API keys`);
      await portal.createKey('linus');
      await knex('api_key_policies').delete();
    });
  },
);

describe('keys of teams', () => {
  it('can be disabled', async () => {
    const portal = await startTestPortal({
      apiKeys: { owners: { groups: false } },
    });
    const ada = await portal.signIn('ada');
    const { status, body } = await portal
      .call('post', KEYS, ada)
      .send({ name: 'ci', owner: TEAM });
    expect(status).toBe(400);
    expect(body.error.message).toContain('apiKeys.owners.groups');
    const { body: policy } = await portal.call(
      'get',
      '/api/api-keys/v1/policy',
      ada,
    );
    expect(policy.owners).toEqual(['user:default/ada']);
    await portal.stop();
  });

  it('are shown in the catalog as far as a policy allows owners', async () => {
    const component = (name: string, owner: string): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, namespace: 'default' },
      spec: { type: 'service', lifecycle: 'production', owner },
    });
    const portal = await startTestPortal({
      realCatalog: realCatalog([
        ...company,
        component('bookings', TEAM),
        component('notes', 'user:default/ada'),
        component('fleet', 'group:default/team-b'),
      ]),
    });
    portal.policy.current = ({ permission }, user) =>
      isResourcePermission(permission, 'catalog-entity')
        ? createCatalogConditionalDecision(
            permission,
            catalogConditions.isEntityOwner({
              claims: user?.info.ownershipEntityRefs ?? [],
            }),
          )
        : undefined;
    await eventually(async () => {
      await portal.signIn('ada');
    });
    const own = await portal.createKey('ada');
    const { secret } = await portal.createKey('ada', { owner: TEAM });

    const componentsOf = async (bearer: string) => {
      const { body } = await portal
        .call('get', '/api/catalog/entities?filter=kind=component', bearer)
        .expect(200);
      return body.map((entity: Entity) => entity.metadata.name).sort();
    };
    await eventually(async () => {
      expect(await componentsOf(own.secret)).toEqual(['bookings', 'notes']);
    });
    expect(await componentsOf(secret)).toEqual(['bookings']);
    await portal.stop();
  });
});
