import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authOwnershipResolutionExtensionPoint } from '@backstage/plugin-auth-node';
import {
  apiKeyOwnershipExtensionPoint,
  ApiKeyOwnershipResolver,
} from 'backstage-plugin-api-keys-node';
import directoryOwnership from '../__testUtils__/directoryOwnership';
import { startTestPortal, TestPortal } from '../__testUtils__/startTestPortal';

const ADA = 'user:default/ada';
const GUEST = 'user:development/guest';
const TEAM_A = 'group:default/team-a';
const ON_CALL = 'group:default/on-call';
const KEYS = '/api/api-keys/v1/keys';
const POLICY = '/api/api-keys/v1/policy';

const resolverModule = (
  resolver: ApiKeyOwnershipResolver,
  moduleId = 'company-ownership',
): BackendFeature =>
  createBackendModule({
    pluginId: 'auth',
    moduleId,
    register(reg) {
      reg.registerInit({
        deps: { ownership: apiKeyOwnershipExtensionPoint },
        async init({ ownership }) {
          ownership.setOwnershipResolver(resolver);
        },
      });
    },
  });

/** Backstage's own extension point for the ownership of a user entity. */
const authOwnershipModule = createBackendModule({
  pluginId: 'auth',
  moduleId: 'auth-ownership',
  register(reg) {
    reg.registerInit({
      deps: { ownership: authOwnershipResolutionExtensionPoint },
      async init({ ownership }) {
        ownership.setAuthOwnershipResolver({
          resolveOwnershipEntityRefs: async ({ kind, metadata }) => ({
            ownershipEntityRefs: [
              `${kind}:default/${metadata.name}`.toLowerCase(),
              ON_CALL,
            ],
          }),
        });
      },
    });
  },
});

function helpersOf(portal: TestPortal) {
  const owned = async (bearer: string): Promise<string[]> => {
    const { body } = await portal
      .call('get', '/api/probe/whoami', bearer)
      .expect(200);
    return body.info.ownershipEntityRefs;
  };
  const create = (session: string, body: object = {}) =>
    portal.call('post', KEYS, session).send({ name: 'ci', ...body });
  return { owned, create };
}

describe('the ownership of keys in a portal with its own resolver', () => {
  const resolve: jest.MockedFunction<
    ApiKeyOwnershipResolver['resolveOwnership']
  > = jest.fn();
  let portal: TestPortal;
  let owned: ReturnType<typeof helpersOf>['owned'];
  let create: ReturnType<typeof helpersOf>['create'];

  beforeAll(async () => {
    portal = await startTestPortal({
      features: [resolverModule({ resolveOwnership: resolve })],
    });
    ({ owned, create } = helpersOf(portal));
  });

  beforeEach(() => {
    resolve.mockReset();
    resolve.mockImplementation(async (ref, { resolveFromCatalog }) => {
      if (ref === GUEST) return { ownershipEntityRefs: [GUEST, ON_CALL] };
      const found = await resolveFromCatalog();
      return (
        found && {
          ownershipEntityRefs: [...found.ownershipEntityRefs, ON_CALL],
        }
      );
    });
  });
  afterAll(() => portal.stop());

  it('adds the groups of the resolver to those of the catalog', async () => {
    const session = await portal.signIn(ADA, [ADA, TEAM_A, ON_CALL]);
    const { body } = await create(session).expect(201);
    expect(body.missingOwnership).toEqual([]);
    expect(await owned(body.secret)).toEqual([ADA, TEAM_A, ON_CALL]);
  });

  it('never exceeds that of the session', async () => {
    const { body } = await create(await portal.signIn('ada')).expect(201);
    expect(await owned(body.secret)).toEqual([ADA, TEAM_A]);
  });

  it('is canonical for any spelling of the resolver', async () => {
    resolve.mockResolvedValue({
      ownershipEntityRefs: ['User:Default/Ada', 'Group:default/Team-A'],
    });
    const { body } = await create(await portal.signIn('ada')).expect(201);
    expect(await owned(body.secret)).toEqual([ADA, TEAM_A]);
    expect(resolve).toHaveBeenCalledWith(ADA, expect.anything());
  });

  it('is known for a user without a catalog entity', async () => {
    const session = await portal.signIn(GUEST, [GUEST, ON_CALL]);
    const policy = await portal.call('get', POLICY, session).expect(200);
    expect(policy.body.canCreate).toBe(true);
    const { body } = await create(session).expect(201);
    expect(await owned(body.secret)).toEqual([GUEST, ON_CALL]);
  });

  it('denies a key of a user that neither knows', async () => {
    const unknown = 'user:default/unknown';
    const { body } = await create(
      await portal.signIn(unknown, [unknown]),
    ).expect(400);
    expect(body.error.message).toMatch(/^owner must be in the catalog/);
  });

  it('denies a new key for a group without a catalog entity, which would not work', async () => {
    const session = await portal.signIn(ADA, [ADA, TEAM_A, ON_CALL]);
    const { body } = await create(session, { owner: ON_CALL }).expect(400);
    expect(body.error.message).toContain(
      `owner must be in the catalog, and ${ON_CALL} is not`,
    );
  });

  it('denies a key at its next exchange once the resolver no longer knows its user', async () => {
    const { body } = await create(await portal.signIn('ada')).expect(201);
    resolve.mockResolvedValue(undefined);
    const answer = await portal.call('get', '/api/probe/whoami', body.secret);
    expect(answer.status).toBe(401);
    expect(answer.body.error.message).toContain('who is not in the catalog');
  });

  it.each<[string, () => Promise<never>]>([
    ['fails', async () => Promise.reject(new Error('LDAP is away'))],
    [
      'fails with "not found", which says nothing about the user',
      async () =>
        Promise.reject(
          Object.assign(new Error('no route'), { name: 'NotFoundError' }),
        ),
    ],
    [
      'answers with what are no entity refs',
      async () => ({ ownershipEntityRefs: ['team-a'] } as never),
    ],
    ['answers with something else', async () => ({ refs: [] } as never)],
  ])(
    'is resolved later, with a 503 until then, when the resolver %s',
    async (_, answer) => {
      const session = await portal.signIn('ada');
      const { body } = await create(session).expect(201);
      resolve.mockImplementation(answer);
      for (const refused of [
        await portal.call('get', '/api/probe/whoami', body.secret),
        await portal.call('get', POLICY, session),
        await create(session),
        await portal
          .call('post', `${KEYS}/${body.key.id}/rotate`, session)
          .send({}),
      ]) {
        expect(refused.status).toBe(503);
        expect(refused.headers['retry-after']).toBe('5');
        expect(JSON.stringify(refused.body)).not.toContain('LDAP');
      }
    },
  );
});

it('prevents the start with two resolvers', async () => {
  const resolver: ApiKeyOwnershipResolver = {
    resolveOwnership: async () => undefined,
  };
  await expect(
    startTestPortal({
      features: [resolverModule(resolver), resolverModule(resolver, 'second')],
    }),
  ).rejects.toThrow('The ownership resolver of API keys is already set');
});

describe('the ownership of keys with the resolver of docs/sign-in-resolvers.md', () => {
  const CONTRACTOR = 'user:default/contractor';
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startTestPortal({ features: [directoryOwnership] });
  });
  afterAll(() => portal.stop());

  it.each([
    [ADA, [ADA, TEAM_A, ON_CALL]],
    [CONTRACTOR, [CONTRACTOR, ON_CALL]],
  ])('combines the directory and the catalog: %s', async (ref, refs) => {
    const { owned, create } = helpersOf(portal);
    const { body } = await create(await portal.signIn(ref, refs)).expect(201);
    expect(await owned(body.secret)).toEqual(refs);
  });

  it('is empty for a user that only the catalog knows', async () => {
    const { create } = helpersOf(portal);
    await create(await portal.signIn('linus')).expect(400);
  });
});

describe('the ownership of keys with a resolver of authOwnershipResolutionExtensionPoint', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startTestPortal({ features: [authOwnershipModule] });
  });
  afterAll(() => portal.stop());

  it('equals that of sessions', async () => {
    const { owned, create } = helpersOf(portal);
    const session = await portal.signIn('ada');
    expect(await owned(session)).toEqual([ADA, ON_CALL]);
    const { body } = await create(session).expect(201);
    expect(body.missingOwnership).toEqual([]);
    expect(await owned(body.secret)).toEqual([ADA, ON_CALL]);
  });
});

describe('a session of a user without a catalog entity', () => {
  let portal: TestPortal;
  let create: ReturnType<typeof helpersOf>['create'];
  beforeAll(async () => {
    portal = await startTestPortal({});
    ({ create } = helpersOf(portal));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => portal.stop());

  const SENTENCE = `owner must be in the catalog, and ${GUEST} is not: an API key that acts as ${GUEST} would never work`;

  it('cannot create keys, and gets the reason before', async () => {
    const session = await portal.signIn(GUEST, [GUEST]);
    const policy = await portal.call('get', POLICY, session).expect(200);
    expect(policy.body).toMatchObject({
      canCreate: false,
      cannotCreateReason: SENTENCE,
      missingOwnership: [],
    });
    const { body } = await create(session).expect(400);
    expect(body.error.message).toBe(SENTENCE);
    const list = await portal.call('get', KEYS, session).expect(200);
    expect(list.body.items).toEqual([]);
  });

  it('cannot create keys for the groups in its claims either', async () => {
    const session = await portal.signIn(GUEST, [GUEST, TEAM_A]);
    await create(session, { owner: TEAM_A }).expect(403);
  });

  it('cannot rotate keys that it created while it had an entity', async () => {
    const { key } = await portal.createKey('linus');
    const session = await portal.signIn('linus');
    jest.spyOn(portal.catalog, 'getEntityByRef').mockResolvedValue(undefined);
    const { body } = await portal
      .call('post', `${KEYS}/${key.id}/rotate`, session)
      .send({})
      .expect(409);
    expect(body.error.message).toContain('user:default/linus is not');
    jest.restoreAllMocks();
    const found = await portal
      .call('get', `${KEYS}/${key.id}`, session)
      .expect(200);
    expect(found.body).toMatchObject({ status: 'active', successorId: null });
  });
});

describe('an owner of a kind other than user and group', () => {
  let portal: TestPortal;
  let create: ReturnType<typeof helpersOf>['create'];
  beforeAll(async () => {
    portal = await startTestPortal({});
    ({ create } = helpersOf(portal));
  });
  afterAll(() => portal.stop());

  const COMPONENT = 'component:default/petstore';

  it.each([COMPONENT, 'Component:Default/Petstore', 'api:default/a'])(
    'is rejected, even if the session owns it: %s',
    async owner => {
      const session = await portal.signIn(ADA, [ADA, owner]);
      const { body } = await create(session, { owner }).expect(400);
      expect(body.error.message).toContain('owner: must be a user or a group');
      await portal.call('get', `${POLICY}?owner=${owner}`, session).expect(400);
    },
  );

  it('is rejected if it signed in itself', async () => {
    const session = await portal.signIn(COMPONENT, [COMPONENT]);
    const { body } = await create(session).expect(400);
    expect(body.error.message).toBe(
      `owner must be a user or a group, and ${COMPONENT} is neither`,
    );
    const policy = await portal.call('get', POLICY, session).expect(200);
    expect(policy.body).toMatchObject({
      canCreate: false,
      cannotCreateReason: body.error.message,
    });
  });
});
