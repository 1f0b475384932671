import { createBackendModule } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthProviderRouteHandlers,
  authProvidersExtensionPoint,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { connectMcp, mcpFeatures } from '../__testUtils__/mcp';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import {
  apiKeyConditions,
  createApiKeyConditionalDecision,
} from '../permissions/rules';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const KEYS = '/api/api-keys/v1/keys';
const ADMIN = '/api/api-keys/v1/admin';
const ADA = 'user:default/ada';
const TEAM = 'group:default/team-a';

/** Sign-in resolver that spells refs freely; Backstage before 1.57 copies them into the token. */
const spellingSignIn = createBackendModule({
  pluginId: 'auth',
  moduleId: 'spelling-sign-in',
  register(reg) {
    reg.registerInit({
      deps: { providers: authProvidersExtensionPoint },
      async init({ providers }) {
        providers.registerProvider({
          providerId: 'spelling',
          factory: ({ resolverContext }): AuthProviderRouteHandlers => ({
            async start() {},
            async frameHandler() {},
            async refresh(_req, res) {
              const result = await resolverContext.issueToken({
                claims: {
                  sub: 'User:default/Ada',
                  ent: ['User:default/Ada', 'Group:Default/Team-A'],
                },
              });
              res.json({
                backstageIdentity: prepareBackstageIdentityResponse(result),
              });
            },
          }),
        });
      },
    });
  },
});

describe.each(databases.eachSupportedId())(
  'entity refs in another spelling, on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    /** Session whose token has other spellings of Ada and her team. */
    let spelled: string;
    let grace: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({
        knex,
        config: {
          auth: { providers: { test: {}, spelling: {}, 'api-key': {} } },
          backend: {
            baseUrl: 'http://localhost:0',
            listen: { port: 0 },
            database: { client: 'better-sqlite3', connection: ':memory:' },
            actions: { pluginSources: ['api-keys'] },
          },
        },
        features: [spellingSignIn, ...mcpFeatures],
      });
      const { body } = await portal
        .call('post', '/api/auth/spelling/refresh')
        .expect(200);
      spelled = body.backstageIdentity.token;
      grace = await portal.signIn('grace');
    });

    beforeEach(async () => {
      portal.policy.current = () => undefined;
      await knex('api_keys').delete();
      await knex('api_key_policies').delete();
    });

    afterAll(() => portal.stop());

    const create = (body: object, token = spelled) =>
      portal.call('post', KEYS, token).send({ name: 'ci', ...body });
    const namesIn = async (path: string, token = spelled) => {
      const { body } = await portal.call('get', path, token).expect(200);
      return body.items.map(({ name }: { name: string }) => name);
    };

    it('belong to the same user and group: such a session creates keys that work, and reads, pages through and changes its own', async () => {
      for (const name of ['a', 'b', 'c'])
        await portal.createKey('ada', { name });
      await portal.createKey('linus', { name: 'of-linus' });
      const made = await create({ name: 'd' }).expect(201);
      expect(made.body.key).toMatchObject({
        ...{ owner: ADA, subject: ADA, createdBy: ADA },
      });
      await create({ name: 'e', owner: 'GROUP:default/Team-A' }).expect(201);
      await portal
        .call('get', '/api/probe/whoami', made.body.secret)
        .expect(200);

      const first = await portal
        .call('get', `${KEYS}?limit=3&orderBy=name:asc`, spelled)
        .expect(200);
      const { items, totalItems, pageInfo } = first.body;
      expect(totalItems).toBe(5);
      const rest = await namesIn(
        `${KEYS}?limit=3&orderBy=name:asc&cursor=${pageInfo.nextCursor}`,
      );
      expect([...items.map(({ name }: any) => name), ...rest]).toEqual([
        ...['a', 'b', 'c', 'd', 'e'],
      ]);
      const one = `${KEYS}/${items[0].id}`;
      await portal.call('get', one, spelled).expect(200);
      await portal.call('patch', one, spelled).send({ name: 'x' }).expect(200);
      await portal.call('post', `${one}/rotate`, spelled).send({}).expect(201);
      await portal.call('delete', one, spelled).expect(204);
      await portal.call('get', `${one}/events`, spelled).expect(200);

      const owners = await knex('api_key_owners').pluck('owner');
      expect(owners.filter(ref => ref !== ref.toLowerCase())).toEqual([]);
      const actors = await knex('api_key_events').pluck('actor');
      expect(actors).not.toContain('User:default/Ada');
    });

    it('find the same keys in every query, body and path', async () => {
      await portal.createKey('ada', { name: 'own' });
      await portal.createKey('ada', { name: 'team', owner: TEAM });
      expect(await namesIn(`${KEYS}?owner=USER:Default/ADA`)).toEqual(['own']);
      for (const path of [`${ADMIN}/keys`, `${ADMIN}/events`]) {
        const { body } = await portal
          .call('get', `${path}?owner=User:Default/Ada`, grace)
          .expect(200);
        expect(body.totalItems).toBeGreaterThan(0);
      }
      const { body: policy } = await portal
        .call(
          'get',
          '/api/api-keys/v1/policy?owner=Group:default/TEAM-A',
          spelled,
        )
        .expect(200);
      expect(policy).toMatchObject({ owner: TEAM, owners: [ADA, TEAM] });
      await portal
        .call('put', `${ADMIN}/owners/User%3ADefault%2FAda/policy`, grace)
        .send({ limits: { keysPerOwner: 1 } })
        .expect(200);
      await create({}).expect(409);
      const { body: transferred } = await portal
        .call('post', `${ADMIN}/transfer`, grace)
        .send({
          filter: { owner: 'USER:default/Ada' },
          owner: 'Group:default/Team-B',
        })
        .expect(200);
      expect(transferred.transferred).toBe(1);
      expect(await namesIn(KEYS)).toEqual(['team']);
    });

    it('match in conditions of a permission policy', async () => {
      await portal.createKey('ada', { name: 'own' });
      await portal.createKey('ada', { name: 'team', owner: TEAM });
      portal.policy.current = ({ permission }) =>
        isResourcePermission(permission, 'api-key')
          ? createApiKeyConditionalDecision(
              permission,
              apiKeyConditions.isOwner({ claims: ['Group:Default/Team-A'] }),
            )
          : undefined;
      expect(await namesIn(KEYS)).toEqual(['team']);
    });

    it('match in actions of agents', async () => {
      await portal.createKey('ada', { name: 'own' });
      const { call } = await connectMcp(portal, spelled);
      const { output } = await call('api-keys.list', {});
      expect(output).toMatchObject({ keys: [{ name: 'own', owner: ADA }] });
    });
  },
);
