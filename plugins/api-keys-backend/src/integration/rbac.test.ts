import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { SHIPPED_ROUTES } from 'backstage-plugin-api-keys-node/internal';
import { Knex } from 'knex';
import { parse } from 'yaml';
import { company } from '../__testUtils__/company';
import { readDocument, runCommands, snippetsOf } from '../__testUtils__/docs';
import { eventually } from '../__testUtils__/eventually';
import { realCatalog } from '../__testUtils__/realCatalog';
import { startableRbac } from '../__testUtils__/rbac';
import { RouteTrial } from '../__testUtils__/RouteTrial';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

// RBAC 8.1.3 requires a version of its common package that is missing on npm. It needs this in addition to 1.18:
jest.mock('@backstage-community/plugin-rbac-common', () => ({
  ...jest.requireActual('@backstage-community/plugin-rbac-common'),
  isPermissionInfo: (entry: unknown) => typeof entry === 'object',
  permissionMappingAction: (entry: string | { action: string }) =>
    typeof entry === 'string' ? entry : entry.action,
}));

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const TEAM = 'group:default/team-a';
const READ_POLICIES: ApiKeyAccessRestriction = {
  plugin: 'permission',
  permission: ['policy.entity.read'],
};

const page = readDocument('docs/rbac.md');
const [settings, conditions] = snippetsOf(page, 'yaml');
const { permission } = parse(settings);

/** Ada and Grace are in the team, which is part of the division. */
const POLICIES = `${snippetsOf(page, 'csv').join('')}
p, role:default/personal, catalog.location.analyze, use, allow
g, user:default/ada, role:default/personal

p, role:default/maker, api-keys.key.create, create, allow
g, user:default/linus, role:default/maker
`;

const division: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'division' },
  spec: { type: 'division', children: [] },
};
/** RBAC reads the parent without normalizing it. */
const people = company.map(entity =>
  entity.metadata.name === 'team-a'
    ? { ...entity, spec: { ...entity.spec, parent: 'division' } }
    : entity,
);

describe.each(databases.eachSupportedId())(
  "under Red Hat's RBAC, on %s,",
  databaseId => {
    let directory: string;

    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'rbac-'));
      await writeFile(join(directory, 'policies.csv'), POLICIES);
      await writeFile(join(directory, 'conditions.yaml'), conditions);
    });

    afterAll(() => rm(directory, { recursive: true }));

    const databaseOf = (id: TestDatabaseId, knex: Knex): JsonObject =>
      id === 'SQLITE_3'
        ? { client: 'better-sqlite3', connection: { directory } }
        : {
            client: 'pg',
            // RBAC rejects an empty password.
            connection: { ...knex.client.config.connection, password: 'x' },
            pluginDivisionMode: 'schema',
          };

    async function startPortal(
      rbac: JsonObject = {},
      owners: JsonObject = {},
    ): Promise<{ portal: TestPortal; trial: RouteTrial }> {
      const knex = await databases.init(databaseId);
      const trial = new RouteTrial({ knex, directory });
      const { rbacPlugin, close } = startableRbac();
      const portal = await startTestPortal({
        knex,
        apiKeys: { owners, warnings: { onCreation: false } },
        backend: { database: databaseOf(databaseId, knex) },
        config: {
          permission: {
            ...permission,
            rbac: {
              ...permission.rbac,
              'policies-csv-file': join(directory, 'policies.csv'),
              conditionalPoliciesFile: join(directory, 'conditions.yaml'),
              ...rbac,
            },
          },
        },
        policyModule: rbacPlugin,
        realCatalog: realCatalog([...people, division]),
        features: trial.features,
      });
      await eventually(() => allIsThere(portal));
      const stop = () => portal.stop().then(close);
      return { portal: { ...portal, stop }, trial };
    }

    /** The catalog adds entities one by one, and relations after that. */
    async function allIsThere(portal: TestPortal) {
      const { body } = await portal
        .call(
          'get',
          '/api/catalog/entities/by-name/group/default/team-a',
          await portal.signIn('ada'),
        )
        .expect(200);
      const relations = JSON.stringify(body.relations);
      expect(relations).toContain('group:default/division');
      expect(relations).toContain('user:default/ada');
      expect(relations).toContain('user:default/grace');
    }

    /** Roles of a key, each from another source: the team, the division above it, and Ada. */
    async function rolesOf(portal: TestPortal, secret: string) {
      const location = { type: 'url', target: 'https://example.com/x.yaml' };
      const post = (path: string, body: object) =>
        portal.call('post', `/api/catalog/${path}`, secret).send(body);
      const entities = await portal.call(
        'get',
        '/api/catalog/entities',
        secret,
      );
      const validated = await post('validate-entity', {
        entity: division,
        location: `url:${location.target}`,
      });
      const analyzed = await post('analyze-location', { location });
      return [
        ...(entities.body.length > 0 ? ['team'] : []),
        ...(validated.status === 403 ? [] : ['division']),
        ...(analyzed.status === 403 ? [] : ['personal']),
      ];
    }

    const teamKey = async (portal: TestPortal) =>
      (await portal.createKey('ada', { owner: TEAM })).secret;

    describe('which finds roles by ownership too,', () => {
      let portal: TestPortal;
      let trial: RouteTrial;

      beforeAll(async () => {
        ({ portal, trial } = await startPortal());
      }, 120_000);

      afterAll(() => portal.stop());

      const secretFor = async (
        user: string,
        ...accessRestrictions: ApiKeyAccessRestriction[]
      ) => (await portal.createKey(user, { accessRestrictions })).secret;

      it('a key has the roles of its owner and of all groups above the owner', async () => {
        const { secret } = await portal.createKey('ada');
        expect(await rolesOf(portal, secret)).toEqual([
          'team',
          'division',
          'personal',
        ]);
      });

      it('a team key has the roles of its group, and none of its members or of groups above', async () => {
        const secret = await teamKey(portal);
        expect(await rolesOf(portal, secret)).toEqual(['team']);
      });

      it('a restricted key has the part of its roles that it is for', async () => {
        const secret = await secretFor('ada', {
          plugin: 'catalog',
          permission: ['catalog.location.analyze'],
        });
        expect(await rolesOf(portal, secret)).toEqual(['personal']);
      });

      it('an auditor sees the keys that match the conditions of the role', async () => {
        await portal.createKey('ada');
        await teamKey(portal);
        const { body } = await portal
          .call(
            'get',
            '/api/api-keys/v1/admin/keys',
            await portal.signIn('grace'),
          )
          .expect(200);
        const owners = body.items.map(({ owner }: { owner: string }) => owner);
        expect([...new Set(owners)]).toEqual([TEAM]);
      });

      describe('the REST API of RBAC', () => {
        const ROLE = {
          memberReferences: ['user:default/ada'],
          name: 'role:default/made-by-a-key',
        };
        const roles = (method: 'get' | 'post', secret: string) =>
          portal
            .call(method, '/api/permission/roles', secret)
            .send(method === 'post' ? ROLE : undefined);

        it('is offered for restrictions, with its permissions', async () => {
          const { body } = await portal
            .call(
              'get',
              '/api/api-keys/v1/policy',
              await portal.signIn('linus'),
            )
            .expect(200);
          expect(JSON.stringify(body)).toContain('policy.entity.read');
        });

        it('can be read, and not changed, with a key for reading', async () => {
          const secret = await secretFor('linus', READ_POLICIES);
          const { body } = await roles('get', secret).expect(200);
          expect(JSON.stringify(body)).toContain('role:default/auditor');
          const { body: denied } = await roles('post', secret).expect(403);
          expect(denied.error.message).toBe(
            `The API key may be used for the plugin 'permission', but not for 'policy.entity.create', which this route asks for`,
          );
          const { text } = await roles('get', secret).expect(200);
          expect(text).not.toContain(ROLE.name);
        });

        it('responds as documented', async () => {
          const [body] = snippetsOf(page, 'json').map(text => JSON.parse(text));
          const { secret } = await portal.createKey('linus', body);
          const stdout = await runCommands(snippetsOf(page, 'shell'), {
            BACKSTAGE: portal.url,
            SECRET: secret,
          });
          expect(stdout).toBe(snippetsOf(page, 'text').join(''));
        });

        it('can be changed with a key for it, as far as its owner may', async () => {
          const creating: ApiKeyAccessRestriction = {
            plugin: 'permission',
            permission: ['policy.entity.read', 'policy.entity.create'],
          };
          await roles('post', await secretFor('ada', creating)).expect(403);
          const secret = await secretFor('linus', creating);
          await roles('post', secret).expect(201);
          const { text } = await roles('get', secret).expect(200);
          expect(text).toContain(ROLE.name);
        });

        it('denies a key for another plugin, also if that plugin calls', async () => {
          const secret = await secretFor('linus', { plugin: 'probe' });
          await roles('get', secret).expect(403);
          const { body } = await portal
            .call('get', '/api/probe/hop/permission/roles', secret)
            .expect(403);
          expect(body.error.message).toContain(`for the plugin 'permission'`);
        });

        it('denies a key for a permission that no route needs', async () => {
          const secret = await trial.secretFor(portal, 'permission');
          const tried: string[] = [];
          for (const { method, path } of trial.routesOf('permission')) {
            const { response, asked } = await trial.call(portal, secret, {
              method,
              path: `/api/permission${path.replace(/:\w+/g, 'x')}`,
            });
            if (path === '/health') continue;
            expect(`${method} ${path} ${response.status}`).toMatch(/ 40[034]$/);
            expect(response.text ?? '').not.toContain('role:default');
            if (asked.length > 0) tried.push(`${method} ${path}`);
          }
          expect(tried).toEqual(
            expect.arrayContaining([...SHIPPED_ROUTES.permission]),
          );
        });
      });
    });

    it('a team key has the roles of the groups above if its ownership includes them', async () => {
      const { portal } = await startPortal({}, { parentGroups: true });
      try {
        const secret = await teamKey(portal);
        expect(await rolesOf(portal, secret)).toEqual(['team', 'division']);
        const { body } = await portal
          .call('get', '/api/probe/whoami', secret)
          .expect(200);
        expect(body.info).toEqual({
          userEntityRef: TEAM,
          ownershipEntityRefs: [TEAM, 'group:default/division'],
        });
      } finally {
        await portal.stop();
      }
    }, 120_000);

    it('a team key has no roles if roles are found for users only', async () => {
      const { portal } = await startPortal({ useOwnershipEntityRefs: false });
      try {
        const secret = await teamKey(portal);
        expect(await rolesOf(portal, secret)).toEqual([]);
      } finally {
        await portal.stop();
      }
    }, 120_000);
  },
);
