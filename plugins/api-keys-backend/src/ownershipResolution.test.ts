import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { authOwnershipResolutionExtensionPoint } from '@backstage/plugin-auth-node';
import {
  apiKeyOwnershipExtensionPoint,
  ApiKeyOwnershipResolver,
} from 'backstage-plugin-api-keys-node';
import directoryOwnership from './__testUtils__/directoryOwnership';
import { startTestPortal, TestPortal } from './__testUtils__/startTestPortal';

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

/** Backstage's own way to say what the entity of a user owns. */
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

describe('what keys own, in a portal that resolves ownership by itself', () => {
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

  it('is what the resolver says, on top of the catalog', async () => {
    const session = await portal.signIn(ADA, [ADA, TEAM_A, ON_CALL]);
    const { body } = await create(session).expect(201);
    expect(body.missingOwnership).toEqual([]);
    expect(await owned(body.secret)).toEqual([ADA, TEAM_A, ON_CALL]);
  });

  it('is not more than the session had, whatever the resolver says', async () => {
    const { body } = await create(await portal.signIn('ada')).expect(201);
    expect(await owned(body.secret)).toEqual([ADA, TEAM_A]);
  });

  it('is canonical, however the resolver writes it', async () => {
    resolve.mockResolvedValue({
      ownershipEntityRefs: ['User:Default/Ada', 'Group:default/Team-A'],
    });
    const { body } = await create(await portal.signIn('ada')).expect(201);
    expect(await owned(body.secret)).toEqual([ADA, TEAM_A]);
    expect(resolve).toHaveBeenCalledWith(ADA, expect.anything());
  });

  it('is known for a user who is not in the catalog, too', async () => {
    const session = await portal.signIn(GUEST, [GUEST, ON_CALL]);
    const policy = await portal.call('get', POLICY, session).expect(200);
    expect(policy.body.canCreate).toBe(true);
    const { body } = await create(session).expect(201);
    expect(await owned(body.secret)).toEqual([GUEST, ON_CALL]);
  });

  it('opens no key to a user whom neither knows', async () => {
    const stranger = 'user:default/stranger';
    const { body } = await create(
      await portal.signIn(stranger, [stranger]),
    ).expect(400);
    expect(body.error.message).toMatch(/^owner must be in the catalog/);
  });

  it('makes no key of a group that the catalog does not have: it would not work', async () => {
    const session = await portal.signIn(ADA, [ADA, TEAM_A, ON_CALL]);
    const { body } = await create(session, { owner: ON_CALL }).expect(400);
    expect(body.error.message).toContain(
      `owner must be in the catalog, and ${ON_CALL} is not`,
    );
  });

  it('refuses a key at its next exchange once the resolver does not know its user', async () => {
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
    'is found out later, with 503, when the resolver %s',
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

it('does not start with two resolvers of ownership', async () => {
  const resolver: ApiKeyOwnershipResolver = {
    resolveOwnership: async () => undefined,
  };
  await expect(
    startTestPortal({
      features: [resolverModule(resolver), resolverModule(resolver, 'second')],
    }),
  ).rejects.toThrow('The ownership resolver of API keys is already set');
});

describe('what keys own, with the resolver of docs/sign-in-resolvers.md', () => {
  const CONTRACTOR = 'user:default/contractor';
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startTestPortal({ features: [directoryOwnership] });
  });
  afterAll(() => portal.stop());

  it.each([
    [ADA, [ADA, TEAM_A, ON_CALL]],
    [CONTRACTOR, [CONTRACTOR, ON_CALL]],
  ])('is what the directory says, and the catalog: %s', async (ref, refs) => {
    const { owned, create } = helpersOf(portal);
    const { body } = await create(await portal.signIn(ref, refs)).expect(201);
    expect(await owned(body.secret)).toEqual(refs);
  });

  it('is nothing for a user whom only the catalog knows', async () => {
    const { create } = helpersOf(portal);
    await create(await portal.signIn('linus')).expect(400);
  });
});

describe('what keys own, with a resolver of authOwnershipResolutionExtensionPoint', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await startTestPortal({ features: [authOwnershipModule] });
  });
  afterAll(() => portal.stop());

  it('is what it says of the entity, as for sessions', async () => {
    const { owned, create } = helpersOf(portal);
    const session = await portal.signIn('ada');
    expect(await owned(session)).toEqual([ADA, ON_CALL]);
    const { body } = await create(session).expect(201);
    expect(body.missingOwnership).toEqual([]);
    expect(await owned(body.secret)).toEqual([ADA, ON_CALL]);
  });
});

describe('a session without an entity in the catalog', () => {
  let portal: TestPortal;
  let create: ReturnType<typeof helpersOf>['create'];
  beforeAll(async () => {
    portal = await startTestPortal({});
    ({ create } = helpersOf(portal));
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => portal.stop());

  const SENTENCE = `owner must be in the catalog, and ${GUEST} is not: an API key that acts as ${GUEST} would never work`;

  it('makes no key, and is told so before', async () => {
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

  it('makes no key for a group either, which it says to be in', async () => {
    const session = await portal.signIn(GUEST, [GUEST, TEAM_A]);
    await create(session, { owner: TEAM_A }).expect(403);
  });

  it('replaces no key that it made while it had one', async () => {
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

describe('an owner of another kind than user and group', () => {
  let portal: TestPortal;
  let create: ReturnType<typeof helpersOf>['create'];
  beforeAll(async () => {
    portal = await startTestPortal({});
    ({ create } = helpersOf(portal));
  });
  afterAll(() => portal.stop());

  const COMPONENT = 'component:default/petstore';

  it.each([COMPONENT, 'Component:Default/Petstore', 'api:default/a'])(
    'is refused, also where the session owns it: %s',
    async owner => {
      const session = await portal.signIn(ADA, [ADA, owner]);
      const { body } = await create(session, { owner }).expect(400);
      expect(body.error.message).toContain('owner: must be a user or a group');
      await portal.call('get', `${POLICY}?owner=${owner}`, session).expect(400);
    },
  );

  it('is refused, also where it signed in itself', async () => {
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
