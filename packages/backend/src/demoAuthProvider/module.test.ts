import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { BackendFeature } from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import request from 'supertest';
import authModuleDemoProvider from '.';

const group = (name: string, displayName: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', profile: { displayName }, children: [] },
});

const user = (
  name: string,
  team: string,
  about: { displayName?: string; role?: string } = {},
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name, namespace: 'default', description: about.role },
  spec: {
    profile: { displayName: about.displayName, email: `${name}@example.com` },
    memberOf: [team],
  },
  relations: [{ type: 'memberOf', targetRef: `group:default/${team}` }],
});

const ENTITIES = [
  group('team-b', 'Team B'),
  group('team-a', 'Team A'),
  user('linus', 'team-b', {
    displayName: 'Linus Okafor',
    role: 'Backend developer',
  }),
  user('mei', 'team-a'),
  user('ada', 'team-a', { displayName: 'Ada Brandt', role: 'Lead' }),
];

async function startDemo(
  catalog: BackendFeature = catalogServiceMock.factory({ entities: ENTITIES }),
) {
  const { server } = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:0' },
          backend: { baseUrl: 'http://localhost:0', listen: { port: 0 } },
          auth: { providers: { demo: {} } },
        },
      }),
      authServiceFactory,
      httpAuthServiceFactory,
      catalog,
      authPlugin,
      authModuleDemoProvider,
    ],
  });
  return request(server);
}

describe('POST /api/auth/demo/refresh', () => {
  it('signs in as a user of the catalog', async () => {
    const demo = await startDemo();

    const response = await demo
      .post('/api/auth/demo/refresh')
      .send({ user: 'ada' });

    expect(response.status).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.headers['set-cookie']).toBeUndefined();
    expect(response.body).toEqual({
      providerInfo: {},
      profile: { displayName: 'Ada Brandt', email: 'ada@example.com' },
      backstageIdentity: {
        token: expect.any(String),
        expiresInSeconds: expect.any(Number),
        identity: {
          type: 'user',
          userEntityRef: 'user:default/ada',
          ownershipEntityRefs: expect.arrayContaining(['user:default/ada']),
        },
      },
    });

    const { token } = response.body.backstageIdentity;
    const userInfo = await demo
      .get('/api/auth/v1/userinfo')
      .set('Authorization', `Bearer ${token}`);
    expect(userInfo.body.claims).toMatchObject({
      sub: 'user:default/ada',
      ent: ['user:default/ada', 'group:default/team-a'],
    });
  });

  const NOT_A_NAME =
    'The field \'user\' has to be the name of a user entity, such as "ada"';

  it.each([
    [{}, 400, "The field 'user' is missing"],
    [[], 400, "The field 'user' is missing"],
    [{ user: null }, 400, NOT_A_NAME],
    [{ user: 7 }, 400, NOT_A_NAME],
    [{ user: '' }, 400, NOT_A_NAME],
    [{ user: ['ada'] }, 400, NOT_A_NAME],
    [{ user: 'user:default/ada' }, 400, NOT_A_NAME],
    [{ user: '../groups' }, 400, NOT_A_NAME],
    [{ user: 'nobody' }, 401, /^There is no user 'nobody' in the catalog/],
  ])('answers %j with %d', async (body, status, message) => {
    const demo = await startDemo();

    const response = await demo.post('/api/auth/demo/refresh').send(body);

    expect(response.status).toBe(status);
    expect(response.body.error.message).toMatch(message);
    expect(response.body.response).toEqual({ statusCode: status });
  });

  it('takes JSON only', async () => {
    const demo = await startDemo();

    const none = await demo.post('/api/auth/demo/refresh');
    const form = await demo
      .post('/api/auth/demo/refresh')
      .type('form')
      .send({ user: 'ada' });
    const broken = await demo
      .post('/api/auth/demo/refresh')
      .type('json')
      .send('{"user":');

    expect(none.status).toBe(400);
    expect(form.status).toBe(400);
    expect(form.body.error.message).toContain('JSON body');
    expect(broken.status).toBe(400);
    expect(broken.body.error).toBeDefined();
  });

  it('takes POST only', async () => {
    const demo = await startDemo();

    const get = await demo.get('/api/auth/demo/refresh?user=ada');
    const start = await demo.get('/api/auth/demo/start');

    expect(get.status).toBe(405);
    expect(get.body.error.message).toContain('POST /api/auth/demo/refresh');
    expect(start.status).toBe(501);
  });

  it('does not blame the caller when the catalog is down', async () => {
    const catalog = catalogServiceMock.mock({
      getEntityByRef: async () => {
        throw new Error('connect ECONNREFUSED');
      },
    });
    const demo = await startDemo(catalog.factory);

    const response = await demo
      .post('/api/auth/demo/refresh')
      .send({ user: 'ada' });

    expect(response.status).toBe(500);
  });
});

describe('GET /api/auth/demo/users', () => {
  it('lists the users by team and name, also without authentication', async () => {
    const demo = await startDemo();

    const response = await demo.get('/api/auth/demo/users');

    expect(response.status).toBe(200);
    expect(response.body).toEqual([
      {
        ref: 'user:default/ada',
        name: 'ada',
        displayName: 'Ada Brandt',
        role: 'Lead',
        team: 'Team A',
      },
      {
        ref: 'user:default/mei',
        name: 'mei',
        displayName: 'mei',
        role: '',
        team: 'Team A',
      },
      {
        ref: 'user:default/linus',
        name: 'linus',
        displayName: 'Linus Okafor',
        role: 'Backend developer',
        team: 'Team B',
      },
    ]);
  });

  it('is empty until the catalog has read its files', async () => {
    const demo = await startDemo(catalogServiceMock.factory());

    const response = await demo.get('/api/auth/demo/users');

    expect(response.status).toBe(200);
    expect(response.body).toEqual([]);
  });
});

describe('in production', () => {
  it('refuses to start and says what to do instead', async () => {
    const env = jest.replaceProperty(process, 'env', {
      ...process.env,
      NODE_ENV: 'production',
    });
    try {
      await expect(startDemo()).rejects.toThrow(
        /lets everybody sign in as anybody.*auth provider module of your identity provider/,
      );
    } finally {
      env.restore();
    }
  });
});
