import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  ApiKeyScope,
  CreateApiKeyRequest,
} from 'backstage-plugin-api-keys-common';
import { Knex } from 'knex';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const OFFERED: ApiKeyScope[] = [
  {
    name: 'reports:read',
    title: 'Reports',
    description: 'Reads the reports of the company',
  },
  { name: 'Deploy', title: null, description: null },
];
const PETSTORE: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'API',
  metadata: { name: 'PetStore', namespace: 'default' },
  spec: {
    type: 'openapi',
    lifecycle: 'production',
    owner: 'group:default/team-a',
    definition: '',
  },
};

describe.each(databases.eachSupportedId())('scopes on %s', databaseId => {
  let knex: Knex;
  let portal: TestPortal;
  let ada: string;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    portal = await startTestPortal({
      knex,
      apiKeys: {
        admins: ['user:default/grace'],
        scopes: {
          offered: OFFERED.map(({ name, title, description }) => ({
            name,
            ...(title && { title }),
            ...(description && { description }),
          })),
          catalogApis: true,
        },
      },
    });
    portal.catalog.getEntitiesByRefs = async ({ entityRefs }) => ({
      items: entityRefs.map(ref =>
        ref === 'api:default/petstore' ? PETSTORE : undefined,
      ),
    });
    ada = await portal.signIn('ada');
  });

  afterAll(() => portal.stop());

  const create = (body: Partial<CreateApiKeyRequest>) =>
    portal
      .call('post', '/api/api-keys/v1/keys', ada)
      .send({ name: 'reporter', ...body });

  it('are offered by the policy, with their titles', async () => {
    const { body } = await portal
      .call('get', '/api/api-keys/v1/policy', ada)
      .expect(200);
    expect(body.scopes).toEqual({ configured: OFFERED, catalogApis: true });
  });

  it('are stored with the key that is created with them, and with its successor', async () => {
    const scopes = ['reports:read', 'API:Default/PetStore'];
    const { body } = await create({ scopes }).expect(201);
    const canonical = ['reports:read', 'api:default/petstore'];
    expect(body.key.scopes).toEqual(canonical);

    const { key } = (
      await portal
        .call('post', `/api/api-keys/v1/keys/${body.key.id}/rotate`, ada)
        .send({})
        .expect(201)
    ).body;
    expect(key.scopes).toEqual(canonical);
  });

  it('are none for a key that is created without', async () => {
    const { key } = await portal.createKey('ada');
    expect(key.scopes).toEqual([]);
  });

  it('are in the creation event', async () => {
    const { key } = await portal.createKey('ada', { scopes: ['Deploy'] });
    const { body } = await portal
      .call('get', `/api/api-keys/v1/keys/${key.id}/events`, ada)
      .expect(200);
    expect(body.items).toMatchObject([
      { type: 'created', details: { scopes: ['Deploy'] } },
    ]);
  });

  it('neither grant nor deny anything in Backstage', async () => {
    const free = await portal.createKey('ada', { scopes: ['Deploy'] });
    await portal.call('get', '/api/probe/whoami', free.secret).expect(200);

    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [],
      scopes: ['Deploy'],
    });
    const { body } = await portal
      .call('get', '/api/probe/whoami', secret)
      .expect(403);
    expect(body.error.message).toBe(
      "The API key may not be used for the plugin 'probe', nor for any other",
    );
  });

  it('find the keys that have one', async () => {
    const grace = await portal.signIn('grace');
    const { key } = await portal.createKey('linus', {
      name: 'pets',
      scopes: ['api:default/petstore'],
    });
    const { body } = await portal
      .call(
        'get',
        '/api/api-keys/v1/admin/keys?owner=user:default/linus&scope=api:Default/PETSTORE',
        grace,
      )
      .expect(200);
    expect(body.items).toMatchObject([{ id: key.id }]);
    const others = await portal
      .call(
        'get',
        '/api/api-keys/v1/admin/keys?owner=user:default/linus&scope=deploy',
        grace,
      )
      .expect(200);
    expect(others.body.items).toEqual([]);
  });

  it.each<[string, Partial<CreateApiKeyRequest>, string]>([
    [
      'one that is not offered',
      { scopes: ['Deploy', 'deploy'] },
      'scopes[1]: must be a scope that this portal offers: reports:read, Deploy',
    ],
    [
      'that of an API that is not in the catalog',
      { scopes: ['api:default/petshop'] },
      'scopes[0]: must be that of an API in the catalog',
    ],
    [
      'that of an API without its namespace',
      { scopes: ['api:petstore'] },
      'scopes[0]: must be that of an API in the catalog',
    ],
    [
      'one that is listed twice',
      { scopes: ['api:default/petstore', 'api:default/PetStore'] },
      'scopes[1]: must not be listed twice',
    ],
    [
      'what is no scope',
      { scopes: ['reports read'] },
      'scopes[0]: must be a scope, of visible ASCII characters without quotes and backslashes',
    ],
    ['an empty list', { scopes: [] }, 'scopes: must not be empty'],
    [
      'a key for nothing at all',
      { accessRestrictions: [] },
      'accessRestrictions: must list at least one plugin, or the API key has to carry scopes',
    ],
  ])('must not be %s', async (_what, body, message) => {
    const response = await create(body).expect(400);
    expect(response.body.error.message).toContain(message);
  });

  it('of APIs return 503 while the catalog is down', async () => {
    const ask = portal.catalog.getEntitiesByRefs;
    const find = jest
      .spyOn(portal.catalog, 'getEntitiesByRefs')
      .mockImplementation(async (request, options) => {
        // The lookup of the key's owner still works.
        if (request.entityRefs.some(ref => ref.startsWith('user:'))) {
          return ask.call(portal.catalog, request, options);
        }
        throw new Error('connection refused');
      });
    try {
      const response = await create({ scopes: ['api:default/petstore'] });
      expect(response.status).toBe(503);
      expect(response.headers['retry-after']).toBe('5');
      await create({ scopes: ['Deploy'] }).expect(201);
    } finally {
      find.mockRestore();
    }
  });
});

const nameless = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ name: `s${index}` }));

it.each<[string, object, string]>([
  ['none', {}, 'a scope that this portal offers, and it offers none'],
  [
    'those of APIs alone',
    { catalogApis: true },
    'that of an API, such as api:default/petstore',
  ],
  [
    'some',
    { offered: nameless(3) },
    'a scope that this portal offers: s0, s1, s2',
  ],
  [
    'more than a message has room for',
    { offered: nameless(22) },
    `a scope that this portal offers: ${nameless(20)
      .map(({ name }) => name)
      .join(', ')} and 2 more`,
  ],
])(
  'a portal that offers %s says so when another is requested',
  async (_, scopes, what) => {
    const portal = await startTestPortal({ apiKeys: { scopes } });
    const { body } = await portal
      .call('post', '/api/api-keys/v1/keys', await portal.signIn('ada'))
      .send({ name: 'reporter', scopes: ['reports:write'] })
      .expect(400);
    await portal.stop();
    expect(body.error.message).toBe(`scopes[0]: must be ${what}`);
  },
);

it('a portal without scopes rejects those of APIs too', async () => {
  const portal = await startTestPortal({});
  const { body } = await portal
    .call('post', '/api/api-keys/v1/keys', await portal.signIn('ada'))
    .send({ name: 'reporter', scopes: ['api:default/petstore'] })
    .expect(400);
  await portal.stop();
  expect(body.error.message).toBe(
    'scopes[0]: must be a scope that this portal offers, and it offers none',
  );
});
