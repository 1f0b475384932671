import { Entity } from '@backstage/catalog-model';
import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import { isResourcePermission } from '@backstage/plugin-permission-common';
import { ApiKeyAccessRestriction } from 'backstage-plugin-api-keys-common';
import { apiKeyServiceFactories } from 'backstage-plugin-api-keys-node';
import request from 'supertest';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { leakyPlugin } from '../__testUtils__/leakyPlugin';
import { connectMcp, mcpFeatures } from '../__testUtils__/mcp';
import { realCatalog } from '../__testUtils__/realCatalog';
import {
  endpoints,
  startRemotePlugins,
} from '../__testUtils__/startRemotePlugins';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';

const READ_CATALOG: ApiKeyAccessRestriction = {
  plugin: 'catalog',
  permission: ['catalog.entity.read'],
};
const LOCATION = {
  type: 'url',
  target: 'https://example.com/catalog-info.yaml',
};

const component = (name: string, owner: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default' },
  spec: { type: 'service', lifecycle: 'production', owner },
});

describe('a key that may read the catalog', () => {
  let portal: TestPortal;
  let secret: string;

  beforeAll(async () => {
    portal = await startTestPortal({
      config: {
        backend: {
          baseUrl: 'http://localhost:0',
          listen: { port: 0 },
          database: { client: 'better-sqlite3', connection: ':memory:' },
          actions: { pluginSources: ['catalog', 'api-keys'] },
        },
      },
      features: [...mcpFeatures, leakyPlugin('leaky')],
      realCatalog: realCatalog([
        ...company,
        component('bookings', 'group:default/team-a'),
        component('fleet', 'group:default/team-b'),
      ]),
    });
    await eventually(async () => {
      await portal.signIn('ada');
    });
    secret = await secretFor(READ_CATALOG);
    await eventually(async () => {
      if ((await components()).length < 2) throw new Error('not all are there');
    });
  });

  afterAll(() => portal.stop());

  afterEach(() => {
    portal.policy.current = () => undefined;
  });

  async function secretFor(
    ...accessRestrictions: ApiKeyAccessRestriction[]
  ): Promise<string> {
    return (await portal.createKey('ada', { accessRestrictions })).secret;
  }

  async function components(): Promise<string[]> {
    const { body } = await portal
      .call('get', '/api/catalog/entities?filter=kind=component', secret)
      .expect(200);
    return body.map((entity: Entity) => entity.metadata.name).sort();
  }

  const onlyOwn = () => {
    portal.policy.current = ({ permission }, user) =>
      isResourcePermission(permission, 'catalog-entity')
        ? createCatalogConditionalDecision(
            permission,
            catalogConditions.isEntityOwner({
              claims: user?.info.ownershipEntityRefs ?? [],
            }),
          )
        : undefined;
  };

  it.each([
    ['entities/by-name/component/default/bookings', undefined],
    ['entities/by-query?filter=kind=component', undefined],
    ['entity-facets?facet=kind', undefined],
    ['entities/by-refs', { entityRefs: ['component:default/fleet'] }],
    ['entities/by-query', { query: { kind: 'component' } }],
  ])('reads: %s %j', async (path, body) => {
    const method = body ? 'post' : 'get';
    const answer = await portal
      .call(method, `/api/catalog/${path}`, secret)
      .send(body)
      .expect(200);
    expect(JSON.stringify(answer.body)).toMatch(/component/i);
  });

  it('does not read through a location, and changes nothing', async () => {
    const { body } = await portal.call(
      'get',
      '/api/catalog/entities/by-name/component/default/bookings',
      secret,
    );
    const { uid } = body.metadata;
    const call = (
      method: 'get' | 'post' | 'delete',
      path: string,
      sent?: object,
    ) => portal.call(method, `/api/catalog/${path}`, secret).send(sent);

    const answers = [
      await call('post', 'locations', LOCATION),
      await call('post', 'locations?dryRun=true', LOCATION),
      await call('delete', `entities/by-uid/${uid}`),
      await call('post', 'analyze-location', {
        location: LOCATION,
      }),
      await call('post', 'refresh', { entityRef: 'component:default/fleet' }),
      await call('post', 'validate-entity', {
        entity: component('new', 'user:default/ada'),
        location: `url:${LOCATION.target}`,
      }),
      await call('post', '.backstage/scheduler/v1/tasks/any/trigger'),
      await call('get', '.backstage/scheduler/v1/tasks'),
    ];
    for (const { status, headers } of answers) {
      expect(status).toBe(403);
      expect(headers['www-authenticate']).toContain('insufficient_scope');
    }
    // The catalog returns nothing to a caller who may not read locations.
    const locations = await call('get', 'locations');
    expect([403, 200]).toContain(locations.status);
    expect(locations.body).not.toEqual(
      expect.arrayContaining([expect.anything()]),
    );
    expect(await components()).toEqual(['bookings', 'fleet']);
  });

  it('changes nothing with a token in the body either', async () => {
    const elsewhere = await secretFor({ plugin: 'leaky' });
    const session = await portal.signIn('ada');
    const refresh = (bearer: string, authorizationToken: string) =>
      portal.call('post', '/api/catalog/refresh', bearer).send({
        entityRef: 'component:default/fleet',
        authorizationToken,
      });
    // Backstage identifies the caller by the token in the body.
    await refresh(session, secret).expect(403);
    await refresh(session, elsewhere).expect(403);
    await refresh(elsewhere, session).expect(403);
  });

  it('reads what the policy leaves by its conditions', async () => {
    onlyOwn();
    expect(await components()).toEqual(['bookings']);
    const byName = 'entities/by-name/component/default';
    await portal
      .call('get', `/api/catalog/${byName}/bookings`, secret)
      .expect(200);
    await portal
      .call('get', `/api/catalog/${byName}/fleet`, secret)
      .expect(404);
  });

  it('has conditions applied for its own permissions only', async () => {
    onlyOwn();
    const admin = await secretFor({
      plugin: 'catalog',
      permission: ['catalog.entity.read', 'catalog.entity.refresh'],
    });
    const refresh = (bearer: string, name: string) =>
      portal
        .call('post', '/api/catalog/refresh', bearer)
        .send({ entityRef: `component:default/${name}` });
    await refresh(admin, 'bookings').expect(200);
    await refresh(admin, 'fleet').expect(403);
    await refresh(secret, 'bookings').expect(403);
  });

  it('reads through another plugin, such as search, and no more than directly', async () => {
    const through = await secretFor({ plugin: 'leaky' }, READ_CATALOG);
    const as = (path: string, body: object) =>
      portal.call('post', `/api/leaky/as/catalog/${path}`, through).send(body);
    await as('entities/by-refs', { entityRefs: ['user:default/ada'] }).expect(
      200,
    );
    await as('locations', LOCATION).expect(403);
    await as('refresh', { entityRef: 'component:default/fleet' }).expect(403);
    await portal
      .call('get', '/api/leaky/forward/catalog/entities', through)
      .expect(200);

    const others = await secretFor({ plugin: 'leaky' });
    await portal
      .call('post', '/api/leaky/as/catalog/entities/by-refs', others)
      .send({ entityRefs: [] })
      .expect(403);
  });

  describe('over MCP', () => {
    const agentFor = async (...more: ApiKeyAccessRestriction[]) =>
      connectMcp(
        portal,
        await secretFor({ plugin: 'mcp-actions' }, READ_CATALOG, ...more),
      );

    it('lists the tools of the catalog, and none of other plugins', async () => {
      const { client } = await agentFor();
      const { tools } = await client.listTools();
      const plugins = new Set(tools.map(({ name }) => name.split('.')[0]));
      expect([...plugins]).toEqual(['catalog']);
    });

    it('reads with them', async () => {
      const { call } = await agentFor();
      const { output, isError } = await call('catalog.get-catalog-entity', {
        name: 'bookings',
        kind: 'component',
      });
      expect(isError).toBe(false);
      expect(JSON.stringify(output)).toContain('bookings');
    });

    it.each([
      ['catalog.register-entity', { locationUrl: LOCATION.target }],
      [
        'catalog.unregister-entity',
        { type: { locationId: '7d6d0a2c-4b0a-4a5e-8f43-6d9a3e2b5f10' } },
      ],
      ['catalog.refresh-catalog-entity', { name: 'bookings' }],
    ])('changes nothing with them: %s', async (tool, input) => {
      const { call } = await agentFor();
      const result = await call(tool, input);
      expect(result).toMatchObject({
        isError: true,
        text: expect.stringContaining('NotAllowedError'),
      });
    });

    it('cannot call tools of a plugin that it is not for, by name either', async () => {
      const { call } = await agentFor();
      for (const name of ['api-keys.list', 'api-keys:list', 'list']) {
        const { isError, text } = await call(name);
        expect(isError).toBe(true);
        expect(text).toContain('not found');
      }
    });

    it('can be for the keys of its owner as well', async () => {
      const { call } = await agentFor({ plugin: 'api-keys' });
      const { output } = await call('api-keys.whoami');
      expect(output.key.accessRestrictions).toContainEqual(READ_CATALOG);
    });

    it('is denied without that', async () => {
      await expect(connectMcp(portal, secret)).rejects.toThrow();
    });

    it('cannot invoke an action of the catalog that makes changes', async () => {
      const invoke = (action: string, input: object) =>
        portal
          .call(
            'post',
            `/api/catalog/.backstage/actions/v1/actions/catalog:${action}/invoke`,
            secret,
          )
          .send(input);
      await invoke('get-catalog-entity', {
        name: 'fleet',
        kind: 'component',
      }).expect(200);
      await invoke('register-entity', {
        locationUrl: LOCATION.target,
      }).expect(403);
    });
  });
});

describe('an agent whose tools are in another backend', () => {
  let portal: TestPortal;
  let stopRemote: () => Promise<void>;
  let url: string;

  beforeAll(async () => {
    const mainPort = await freePort();
    const port = await freePort();
    url = `http://localhost:${port}`;
    portal = await startTestPortal({
      port: mainPort,
      config: endpoints(port, ['mcp-actions', 'leaky']),
      features: mcpFeatures.slice(1),
      realCatalog: realCatalog([
        ...company,
        component('bookings', 'group:default/team-a'),
      ]),
    });
    const remote = await startRemotePlugins({
      port,
      mainPort,
      backend: { actions: { pluginSources: ['catalog', 'api-keys'] } },
      features: [
        ...apiKeyServiceFactories,
        ...mcpFeatures,
        leakyPlugin('leaky'),
      ],
    });
    stopRemote = remote.stop;
    await eventually(async () => {
      await portal.signIn('ada');
    });
  });

  afterAll(async () => {
    await stopRemote();
    await portal.stop();
  });

  it('reads the catalog, changes nothing, and cannot call another plugin', async () => {
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'mcp-actions' }, READ_CATALOG],
    });
    const { client, call } = await connectMcp({ url }, secret);
    const { tools } = await client.listTools();
    const plugins = new Set(tools.map(({ name }) => name.split('.')[0]));
    expect([...plugins]).toEqual(['catalog']);
    await eventually(async () => {
      const { output } = await call('catalog.get-catalog-entity', {
        name: 'bookings',
        kind: 'component',
      });
      expect(output).toMatchObject({ kind: 'Component' });
    });
    const { text } = await call('catalog.register-entity', {
      locationUrl: LOCATION.target,
    });
    expect(text).toContain('NotAllowedError');
    expect((await call('api-keys.list')).text).toContain('not found');
  });

  it('is restricted on the way there and back', async () => {
    const { secret } = await portal.createKey('ada', {
      accessRestrictions: [{ plugin: 'leaky' }, READ_CATALOG],
    });
    const as = (path: string, body: object) =>
      request(url)
        .post(`/api/leaky/as/${path}`)
        .set('Authorization', `Bearer ${secret}`)
        .send(body);
    const entityRefs = ['user:default/ada'];
    await as('catalog/entities/by-refs', { entityRefs }).expect(200);
    await as('leaky/as/catalog/entities/by-refs', { entityRefs }).expect(200);
    await as('catalog/locations', LOCATION).expect(403);
    await as('probe/whoami', {}).expect(403);
  });
});
