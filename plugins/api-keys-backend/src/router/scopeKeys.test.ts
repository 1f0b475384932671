import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  isPermission,
} from '@backstage/plugin-permission-common';
import {
  apiKeyReadPermission,
  ApiKeyScopeHolderPage,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { apiKeyConditions, createApiKeyConditionalDecision } from '..';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { realCatalog } from '../__testUtils__/realCatalog';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';
import { onlyGraceAdministers, TestPolicy } from '../__testUtils__/testPolicy';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const ADA = 'user:default/ada';
const LINUS = 'user:default/linus';
const TEAM_B = 'group:default/team-b';
const PETSTORE = 'api:default/petstore';
/** An API in the catalog that Ada and Linus cannot see. */
const HIDDEN = 'api:default/hidden';
const STRANGE = `100%_a/b?c#d&e=f:g+h;(i)~'{j}`;

/** Creates an API that team-b owns, of which Linus is a member. */
const anApi = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name, namespace: 'default' },
  spec: {
    type: 'openapi',
    lifecycle: 'production',
    owner: TEAM_B,
    definition: '-',
  },
  relations: [
    { type: 'apiProvidedBy', targetRef: ADA },
    { type: 'ownedBy', targetRef: TEAM_B },
  ],
});

const pathOf = (scope: string, query = '') =>
  `/api/api-keys/v1/scopes/${encodeURIComponent(scope)}/keys?${query}`;

const namesOf = ({ items }: ApiKeyScopeHolderPage) =>
  items.map(({ name }) => name);

const denies =
  (name: string, user: string): TestPolicy =>
  ({ permission }, asked) =>
    permission.name === name && asked?.info.userEntityRef === user
      ? { result: AuthorizeResult.DENY }
      : undefined;

/** Limits all users to the keys that they own. */
const ownKeysOnly: TestPolicy = ({ permission }, user) =>
  isPermission(permission, apiKeyReadPermission)
    ? createApiKeyConditionalDecision(
        permission,
        apiKeyConditions.isOwner({
          claims: user?.info.ownershipEntityRefs ?? [],
        }),
      )
    : undefined;

const anyOf =
  (...policies: TestPolicy[]): TestPolicy =>
  (query, user) =>
    policies.map(policy => policy(query, user)).find(Boolean);

describe.each(databases.eachSupportedId())(
  'the keys with a scope on %s',
  databaseId => {
    let knex: Knex;
    let portal: TestPortal;
    let ada: string;
    let linus: string;
    let grace: string;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      portal = await startTestPortal({
        knex,
        apiKeys: {
          scopes: {
            offered: [{ name: 'Deploy' }, { name: STRANGE }],
            catalogApis: true,
          },
        },
      });
      ada = await portal.signIn('ada');
      linus = await portal.signIn('linus');
      grace = await portal.signIn('grace');
    });

    beforeEach(async () => {
      await knex('api_keys').delete();
      portal.policy.current = onlyGraceAdministers;
      portal.catalog.getEntitiesByRefs = async ({ entityRefs }) => ({
        items: entityRefs.map(ref =>
          ref === PETSTORE ? anApi('petstore') : undefined,
        ),
      });
    });

    afterAll(() => portal.stop());

    const ask = (token: string, scope = PETSTORE, query?: string) =>
      portal.call('get', pathOf(scope, query), token);
    const list = async (
      token: string,
      scope?: string,
      query?: string,
    ): Promise<ApiKeyScopeHolderPage> =>
      (await ask(token, scope, query).expect(200)).body;

    /** Creates a key of Ada, of team-a and of Linus each for the petstore, and others with other scopes. */
    async function makeKeys() {
      const scopes = [PETSTORE];
      await portal.createKey('ada', { name: 'of ada', scopes });
      await portal.createKey('ada', {
        name: 'of team-a',
        owner: 'group:default/team-a',
        scopes: ['Deploy', PETSTORE],
      });
      await portal.createKey('linus', { name: 'of linus', scopes });
      await portal.createKey('ada', { name: 'other', scopes: ['Deploy'] });
      await portal.createKey('ada', { name: 'for nothing outside' });
    }

    describe('of an API', () => {
      it('are seen by a member of the group that owns it, whichever owner they have', async () => {
        await makeKeys();
        const page = await list(linus);
        expect(namesOf(page)).toEqual(['of linus', 'of team-a', 'of ada']);
        expect(page).toMatchObject({ totalItems: 3, totalIsCapped: false });
      });

      it('are shown with their owners and whether they are used, and without other fields', async () => {
        const { key, secret } = await portal.createKey('ada', {
          name: 'shop',
          description: 'ours alone',
          allowedIps: ['127.0.0.1', '::1'],
          scopes: [PETSTORE],
          expiresIn: 'P7D',
        });
        await portal.call('get', '/api/probe/whoami', secret).expect(200);
        await eventually(async () => {
          const { items, ...rest } = await list(linus);
          expect(rest).toEqual({
            totalItems: 1,
            totalIsCapped: false,
            pageInfo: {},
          });
          expect(items).toEqual([
            {
              id: key.id,
              name: 'shop',
              owner: ADA,
              subject: ADA,
              status: 'active',
              createdAt: key.createdAt,
              expiresAt: key.expiresAt,
              lastUsedAt: expect.stringMatching(/^20/),
            },
          ]);
        });
      });

      it('are seen with a key of an owner, also with one of the group', async () => {
        await makeKeys();
        const own = await portal.createKey('linus');
        expect((await list(own.secret)).totalItems).toBe(3);
        const ofTeam = await portal.createKey('linus', { owner: TEAM_B });
        expect((await list(ofTeam.secret)).totalItems).toBe(3);
      });

      it('are not seen with a key that may not read keys', async () => {
        const { secret } = await portal.createKey('linus', {
          accessRestrictions: [
            { plugin: 'api-keys', permission: ['api-keys.key.create'] },
          ],
        });
        await ask(secret).expect(403);
        const elsewhere = await portal.createKey('linus', {
          accessRestrictions: [{ plugin: 'probe' }],
        });
        await ask(elsewhere.secret).expect(403);
      });

      it('are found by its entity ref in upper case', async () => {
        await makeKeys();
        expect((await list(linus, 'API:Default/PetStore')).totalItems).toBe(3);
      });

      it('are all seen by an owner that a policy limits to their own keys', async () => {
        await makeKeys();
        portal.policy.current = anyOf(onlyGraceAdministers, ownKeysOnly);
        expect((await list(linus)).totalItems).toBe(3);
        // This also holds for owners who are admins of their own keys only.
        portal.policy.current = ownKeysOnly;
        expect((await list(linus)).totalItems).toBe(3);
      });

      it('are not seen by an owner without access to any keys', async () => {
        await makeKeys();
        portal.policy.current = anyOf(
          onlyGraceAdministers,
          denies('api-keys.key.read', LINUS),
        );
        await ask(linus).expect(403);
      });
    });

    it('are not seen once they have ended, but while they are inactive', async () => {
      await makeKeys();
      const [revoked, inactive, expired] = (await list(linus)).items;
      await portal
        .call('delete', `/api/api-keys/v1/keys/${revoked.id}`, linus)
        .expect(204);
      await knex('api_keys')
        .where({ id: inactive.id })
        .update({ created_at: 1, inactivity_timeout: 1000 });
      await knex('api_keys')
        .where({ id: expired.id })
        .update({ expires_at: 1 });
      expect((await list(linus)).items).toMatchObject([
        { id: inactive.id, status: 'inactive' },
      ]);
    });

    it('are two while a rotated key and its successor both work', async () => {
      const { key } = await portal.createKey('ada', { scopes: [PETSTORE] });
      const { body: rotated } = await portal
        .call('post', `/api/api-keys/v1/keys/${key.id}/rotate`, ada)
        .send({})
        .expect(201);
      expect((await list(linus)).items).toMatchObject([
        { id: rotated.key.id, status: 'active' },
        { id: key.id, status: 'retiring' },
      ]);

      await portal.call('get', '/api/probe/whoami', rotated.secret).expect(200);
      expect((await list(linus)).items).toMatchObject([{ id: rotated.key.id }]);
    });

    it('are listed in pages, latest first', async () => {
      await makeKeys();
      const first = await list(linus, PETSTORE, 'limit=2');
      expect(namesOf(first)).toEqual(['of linus', 'of team-a']);
      expect(first.totalItems).toBe(3);
      const cursor = encodeURIComponent(first.pageInfo.nextCursor!);
      const rest = await list(linus, PETSTORE, `limit=2&cursor=${cursor}`);
      expect(namesOf(rest)).toEqual(['of ada']);
      expect(rest.pageInfo).toEqual({});
      await ask(linus, PETSTORE, 'cursor=x').expect(400);
    });

    it('may have a scope with special characters', async () => {
      const scopes = [STRANGE];
      const { key } = await portal.createKey('ada', { scopes });
      const { items } = await list(grace, STRANGE);
      expect(items).toMatchObject([{ id: key.id }]);
      for (const alike of ['100%25_a', '100xya/b', 'deploy']) {
        expect((await list(grace, alike)).items).toEqual([]);
      }
    });

    it.each(['a"b', 'two words', 'x'.repeat(201), 'ä'])(
      'cannot be listed for %j, which is no scope',
      async scope => {
        const { body } = await ask(grace, scope).expect(404);
        expect(body.error.message).toBe('There is no such scope');
      },
    );

    describe('are seen by admins', () => {
      it('for every scope, without asking the catalog', async () => {
        await makeKeys();
        portal.catalog.getEntitiesByRefs = async () => {
          throw new Error('connection refused');
        };
        expect((await list(grace)).totalItems).toBe(3);
        const page = await list(grace, 'Deploy');
        expect(namesOf(page)).toEqual(['other', 'of team-a']);
      });

      it('as far as a policy lets them see keys', async () => {
        await makeKeys();
        portal.policy.current = anyOf(onlyGraceAdministers, ownKeysOnly);
        expect(namesOf(await list(grace))).toEqual(['of team-a']);
        expect(namesOf(await list(grace, 'Deploy'))).toEqual(['of team-a']);

        const grace_ = 'user:default/grace';
        portal.policy.current = denies('api-keys.key.read', grace_);
        expect((await list(grace)).items).toEqual([]);
      });
    });

    describe('are not seen by others', () => {
      const FORBIDDEN = {
        name: 'NotAllowedError',
        message:
          'Which API keys carry a scope is for administrators to see and, if it is that of an API in the catalog, for its owners',
      };

      it.each([
        ['an API of others', PETSTORE],
        ['an API that there is not, or that they do not see', HIDDEN],
        ['a scope that the portal offers', 'Deploy'],
        ['a scope that it does not offer', 'reports:read'],
        ['what is no full entity ref', 'api:petstore'],
        ['what is an entity ref of no API', 'group:default/team-a'],
        ['what could be taken for a path', 'api:../..'],
      ])('who all get the same error: for %s', async (_, scope) => {
        await makeKeys();
        const { body } = await ask(ada, scope).expect(403);
        expect(body.error).toEqual(FORBIDDEN);
      });

      it('nor without a sign-in', async () => {
        await portal.call('get', pathOf(PETSTORE)).expect(401);
      });
    });

    it('return 503 while the catalog is down, since ownership of the API decides', async () => {
      portal.catalog.getEntitiesByRefs = async () => {
        throw new Error('connection refused');
      };
      for (const token of [linus, ada]) {
        const { headers, body } = await ask(token).expect(503);
        expect(headers['retry-after']).toBe('5');
        expect(body.error.message).not.toContain('connection');
      }
      await ask(linus, 'Deploy').expect(403);
    });
  },
);

it('without scopes of APIs, only admins see which keys carry one', async () => {
  const portal = await startTestPortal({ apiKeys: { scopes: {} } });
  portal.policy.current = onlyGraceAdministers;
  const find = jest.fn(async () => ({ items: [anApi('petstore')] }));
  portal.catalog.getEntitiesByRefs = find;
  const ask = async (user: string) =>
    portal.call('get', pathOf(PETSTORE), await portal.signIn(user));
  try {
    find.mockClear();
    expect((await ask('linus')).status).toBe(403);
    expect((await ask('grace')).status).toBe(200);
    expect(find).not.toHaveBeenCalled();
  } finally {
    await portal.stop();
  }
});

describe('with the catalog itself', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    portal = await startTestPortal({
      apiKeys: { scopes: { catalogApis: true } },
      realCatalog: realCatalog([
        ...company,
        anApi('petstore'),
        anApi('hidden'),
      ]),
    });
  });

  afterAll(() => portal.stop());

  it('refuses the owner of an API that the owner cannot see, with the same error as for others', async () => {
    portal.policy.current = anyOf(
      onlyGraceAdministers,
      denies('catalog.entity.read', ADA),
    );
    await eventually(async () => {
      const linus = await portal.signIn('linus');
      await portal.call('get', pathOf(PETSTORE), linus).expect(200);
      await portal.call('get', pathOf(HIDDEN), linus).expect(200);
    });
    const linus = await portal.signIn('linus');
    portal.policy.current = anyOf(
      onlyGraceAdministers,
      denies('catalog.entity.read', LINUS),
    );
    await portal.call('get', pathOf(PETSTORE), linus).expect(403);
  });

  it('a restricted key of an owner sees them if it is for the catalog too', async () => {
    portal.policy.current = onlyGraceAdministers;
    const askWithKeyFor = async (...plugins: string[]) => {
      const { secret } = await portal.createKey('linus', {
        accessRestrictions: plugins.map(plugin => ({ plugin })),
      });
      return portal.call('get', pathOf(PETSTORE), secret);
    };
    const refused = await askWithKeyFor('api-keys');
    expect(refused.status).toBe(403);
    expect(refused.headers['www-authenticate']).toContain('insufficient_scope');
    expect((await askWithKeyFor('api-keys', 'catalog')).status).toBe(200);
  });
});
