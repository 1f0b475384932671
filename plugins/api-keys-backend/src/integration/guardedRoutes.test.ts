import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import {
  SHIPPED_ACTIONS,
  SHIPPED_ROUTES,
} from 'backstage-plugin-api-keys-node/internal';
import request from 'supertest';
import { company } from '../__testUtils__/company';
import { eventually } from '../__testUtils__/eventually';
import { realCatalog } from '../__testUtils__/realCatalog';
import { DeclaredRoute } from '../__testUtils__/recordRoutes';
import { RouteTrial, Trial } from '../__testUtils__/RouteTrial';
import {
  freePort,
  startTestPortal,
  TestPortal,
} from '../__testUtils__/startTestPortal';
import { stockConfig, stockPlugins } from '../__testUtils__/stockPlugins';

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/**
 * Every plugin of the demo except the app, which serves pages, and auth, which accepts no keys, plus ten stock ones.
 * `rbac.test.ts` covers RBAC.
 */
const PLUGINS = [
  'api-keys',
  'catalog',
  'devtools',
  'events',
  'kubernetes',
  'mcp-actions',
  'notifications',
  'permission',
  'proxy',
  'scaffolder',
  'search',
  'signals',
  'techdocs',
  'user-settings',
];
/** Routes of plugins that are missing in Express, since one function handles all of them. */
const UNTOLD: Record<string, DeclaredRoute[]> = {
  proxy: ['GET', 'POST', 'DELETE'].map(method => ({
    method,
    path: '/upstream/x',
  })),
};

const CLASSIFIED = 'classified';
const UUID = '7d6d0a2c-4b0a-4a5e-8f43-6d9a3e2b5f10';
const LOCATION = { type: 'url', target: 'https://example.com/info.yaml' };
const ENTITY_REF = 'component:default/bookings';
const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'new' },
};

const VALUES: Record<string, string> = {
  actionId: 'catalog:get-catalog-model-description',
  id: UUID,
  kind: 'component',
  name: 'bookings',
  namespace: 'default',
  taskId: UUID,
};

/** Bodies that let a request reach the permission check of a route. */
const BODIES: Record<string, object> = {
  'POST /api/api-keys/v1/admin/lookup': { token: 'x' },
  'POST /api/catalog/analyze-location': { location: LOCATION },
  'POST /api/catalog/entities/by-refs': { entityRefs: [ENTITY_REF] },
  'POST /api/catalog/entity-facets': { facets: ['kind'] },
  'POST /api/catalog/locations': LOCATION,
  'POST /api/catalog/refresh': { entityRef: ENTITY_REF },
  [`PUT /api/catalog/locations/${UUID}`]: LOCATION,
  'POST /api/catalog/validate-entity': {
    entity: ENTITY,
    location: 'url:https://example.com/info.yaml',
  },
  'POST /api/notifications': {
    recipients: { type: 'broadcast' },
    payload: { title: 'Hello' },
  },
  'POST /api/notifications/update': { ids: [UUID], read: true },
  'POST /api/scaffolder/v2/tasks': {
    templateRef: 'template:default/x',
    values: {},
  },
  'POST /api/scaffolder/v2/dry-run': {
    template: {},
    values: {},
    directoryContents: [],
  },
};

/** Inputs that let an action reach its permission check. */
const INPUTS: Record<string, object> = {
  'catalog:get-catalog-entity': { name: 'bookings' },
  'catalog:refresh-catalog-entity': { name: 'bookings' },
  'catalog:register-entity': { locationUrl: LOCATION.target },
  'catalog:unregister-entity': { type: { locationId: UUID } },
  'catalog:validate-entity': {
    entity: JSON.stringify(ENTITY),
  },
  'scaffolder:dry-run-template': {
    templateYaml: JSON.stringify({ ...ENTITY, kind: 'Template' }),
  },
  'scaffolder:execute-template': {
    templateRef: 'template:default/x',
    values: {},
  },
  'scaffolder:get-scaffolder-task-logs': { taskId: UUID },
};

/** Errors of the plugin `api-keys` for keys that manage keys, and for what does not exist or is not shown. */
const OWN_REFUSAL =
  /cannot make or manage|cannot revoke|There is no|token: |only itself/;

const bookings: Entity = {
  ...ENTITY,
  metadata: { name: 'bookings', description: CLASSIFIED },
  spec: { type: CLASSIFIED, lifecycle: 'production', owner: 'team-a' },
};

describe('a key for a permission that no route needs', () => {
  let portal: TestPortal;
  let trial: RouteTrial;
  let directory: string;
  let uid: string;
  let keyId: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'guarded-routes-'));
    const knex = await databases.init('SQLITE_3');
    trial = new RouteTrial({ knex, directory });
    portal = await startTestPortal({
      port: await freePort(),
      knex,
      apiKeys: { warnings: { onCreation: false } },
      backend: {
        database: { client: 'better-sqlite3', connection: { directory } },
      },
      config: stockConfig,
      features: [...stockPlugins, ...trial.features],
      realCatalog: realCatalog([...company, bookings]),
    });
    const entity = '/api/catalog/entities/by-name/component/default/bookings';
    await eventually(async () => {
      const { body } = await portal
        .call('get', entity, await portal.signIn('ada'))
        .expect(200);
      uid = body.metadata.uid;
    });
    await addTask();
    keyId = (await portal.createKey('ada')).key.id;
  }, 120_000);

  afterAll(async () => {
    await portal.stop();
    await rm(directory, { recursive: true });
  });

  async function addTask() {
    const scaffolder = trial.databaseOf('scaffolder');
    await scaffolder('tasks').insert({
      id: UUID,
      spec: JSON.stringify({ steps: [], output: {}, parameters: {} }),
      status: 'failed',
      created_at: '2030-01-01 00:00:00',
    });
    await scaffolder.destroy();
  }

  async function tryAll(pluginId: string): Promise<Trial[]> {
    const secret = await trial.secretFor(portal, pluginId);
    const routes = [...trial.routesOf(pluginId), ...(UNTOLD[pluginId] ?? [])];
    expect(routes).not.toEqual([]);
    const trials: Trial[] = [];
    for (const { method, path } of routes) {
      const whole = `/api/${pluginId}${filled(path)}`;
      const body = BODIES[`${method} ${whole}`];
      const route = { method, path: whole, body };
      trials.push({ ...(await trial.call(portal, secret, route)), path });
    }
    return trials;
  }

  function filled(path: string): string {
    return path
      .replace(/\(\?:.*?\)\)/g, '/x')
      .replace(/\(\*\)/g, '')
      .replace(/:uid/, uid)
      .replace(/:(\w+)/g, (_, name) => VALUES[name] ?? 'x');
  }

  /** Returns true for a route that is open to everyone, like a health check, or lists tools that the key may call. */
  async function isPublic({ route }: Trial): Promise<boolean> {
    const [method, path] = route.split(' ');
    if (method !== 'GET') return false;
    const [, pluginId] = /^\/api\/([^/]+)\/.*\/actions$/.exec(path) ?? [];
    if (SHIPPED_ACTIONS.some(id => id.startsWith(`${pluginId}:`))) return true;
    return (await request(portal.url).get(path)).status === 200;
  }

  it.each(PLUGINS)(
    'reads nothing and changes nothing on any route of the plugin: %s',
    async pluginId => {
      const before = await trial.storedBy(pluginId);
      for (const one of await tryAll(pluginId)) {
        const { status, text = '' } = one.response;
        if (status === 200 && (await isPublic(one))) continue;
        expect(`${one.route} ${status}`).toMatch(/ (400|401|403|404|405)$/);
        expect(text).not.toContain(CLASSIFIED);
      }
      expect(await trial.storedBy(pluginId)).toEqual(before);
    },
    60_000,
  );

  it.each(Object.keys(SHIPPED_ROUTES).filter(id => id !== 'permission'))(
    'is checked by every route known to check permissions, and rejected by every other one that makes changes: %s',
    async pluginId => {
      const unsafe = (await tryAll(pluginId)).filter(
        ({ route }) => !/^(GET|HEAD) /.test(route),
      );
      const open = unsafe.filter(
        ({ response: { text } }) => !text.includes('is not known to ask'),
      );
      for (const { route, asked, response } of open) {
        if (pluginId === 'api-keys' && OWN_REFUSAL.test(response.text)) {
          continue;
        }
        expect([route, asked]).not.toEqual([route, []]);
        expect(response.body.error.message).toMatch(
          /which this route asks for/,
        );
      }
      const shipped = SHIPPED_ROUTES[pluginId].filter(
        route => !route.endsWith('/*'),
      );
      const tried = open.map(
        ({ route, path }) => `${route.split(' ')[0]} ${path}`,
      );
      expect(tried).toEqual(expect.arrayContaining([...shipped]));
    },
    60_000,
  );

  it.each(SHIPPED_ACTIONS.filter(id => id !== 'api-keys:whoami'))(
    'is checked by every action known to check permissions: %s',
    async id => {
      const [pluginId] = id.split(':');
      const secret = await trial.secretFor(portal, pluginId);
      const { asked, response } = await trial.call(portal, secret, {
        method: 'POST',
        path: `/api/${pluginId}/.backstage/actions/v1/actions/${id}/invoke`,
        body: INPUTS[id] ?? { id: keyId },
      });
      const isTurnedAway =
        pluginId === 'api-keys' && OWN_REFUSAL.test(response.text);
      expect(isTurnedAway || asked.length > 0).toBe(true);
      expect(response.text).toMatch(
        /not allow|not found|only itself|403 Forbidden/,
      );
      expect(response.text).not.toContain(CLASSIFIED);
    },
  );
});
