import { createServer, Server, ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { AvailablePlugins } from './AvailablePlugins';

const PERMISSION = {
  type: 'resource',
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: 'catalog-entity',
};

describe('the plugins that keys can be restricted to', () => {
  let server: Server;
  let asked: string[];
  let answer: (plugin: string, res: ServerResponse) => void;

  const json = (res: ServerResponse, body: unknown) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(body));
  };

  beforeAll(async () => {
    server = createServer((req, res) => {
      const plugin = req.url!.split('/')[2];
      asked.push(`${plugin} ${req.headers.authorization?.split(' ')[0]}`);
      answer(plugin, res);
    });
    await new Promise<void>(resolve => {
      server.listen(0, resolve);
    });
  });

  beforeEach(() => {
    asked = [];
    answer = (_, res) => json(res, { permissions: [PERMISSION], rules: [] });
  });

  afterEach(() => jest.restoreAllMocks());

  afterAll(() => new Promise(resolve => server.close(resolve)));

  const fail = (res: ServerResponse, status: number) => {
    res.statusCode = status;
    res.end('{}');
  };

  const pluginsOf = (...ids: string[]) => pluginsIn({}, ...ids);

  function pluginsIn(config: JsonObject, ...ids: string[]) {
    const { port } = server.address() as AddressInfo;
    const logger = mockServices.logger.mock();
    const plugins = new AvailablePlugins({
      instance: {
        getInstalledPlugins: async () =>
          ids.map(pluginId => ({ pluginId, modules: [] })),
      },
      rootConfig: mockServices.rootConfig({ data: config }),
      auth: mockServices.auth(),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async id => `http://localhost:${port}/api/${id}`,
      }),
      logger,
    });
    return { plugins, logger };
  }

  const later = (milliseconds: number) =>
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + milliseconds);

  it('are all plugins of the portal by id, except those that keys do not apply to', async () => {
    const { plugins } = pluginsOf('search', 'auth', 'app', 'a');
    expect(await plugins.list()).toEqual([
      { pluginId: 'a', permissions: [PERMISSION] },
      { pluginId: 'search', permissions: [PERMISSION] },
    ]);
    expect(asked.sort()).toEqual(['a Bearer', 'search Bearer']);
  });

  it.each<[string, (res: ServerResponse) => void]>([
    ['has none', res => json(res, { permissions: [] })],
    ['does not know the question', res => fail(res, 404)],
    ['does not answer', res => res.destroy()],
  ])(
    'do not include the permission plugin while it has no permissions of its own: it %s',
    async (_, misbehave) => {
      answer = (plugin, res) =>
        plugin === 'permission' ? misbehave(res) : json(res, {});
      const { plugins } = pluginsOf('permission', 'a');
      expect(await plugins.list()).toEqual([
        { pluginId: 'a', permissions: [] },
      ]);
    },
  );

  it('include the permission plugin once it has permissions of its own, as with RBAC', async () => {
    const { plugins } = pluginsOf('permission');
    expect(await plugins.list()).toEqual([
      { pluginId: 'permission', permissions: [PERMISSION] },
    ]);
  });

  it('include plugins that the discovery finds in other backends', async () => {
    const target = 'http://elsewhere/api/{{pluginId}}';
    const endpoints = [{ target, plugins: ['auth', 'far', 'a'] }];
    const { plugins } = pluginsIn({ discovery: { endpoints } }, 'a');
    expect(await plugins.list()).toMatchObject([
      { pluginId: 'a' },
      { pluginId: 'far' },
    ]);
  });

  it('are looked up once for many callers, and then cached for minutes', async () => {
    const { plugins } = pluginsOf('catalog');
    await Promise.all(Array.from({ length: 5 }, () => plugins.list()));
    await plugins.list();
    later(4 * 60_000);
    await plugins.list();
    expect(asked).toHaveLength(1);
  });

  it('are served from the cache while they are looked up again', async () => {
    const { plugins } = pluginsOf('catalog');
    const known = await plugins.list();
    later(6 * 60_000);
    let release = () => {};
    const answered = new Promise<void>(resolve => {
      answer = (_, res) => {
        release = () => json(res, { permissions: [] });
        resolve();
      };
    });
    expect(await plugins.list()).toBe(known);
    await answered;
    expect(await plugins.list()).toBe(known);
    release();
    expect(await eventuallyOther(plugins, known)).toEqual([
      { pluginId: 'catalog', permissions: [] },
    ]);
    expect(asked).toHaveLength(2);
  });

  it('have no permissions for a plugin without the permissions endpoint', async () => {
    answer = (_, res) => fail(res, 404);
    const { plugins, logger } = pluginsOf('search');
    expect(await plugins.list()).toEqual([
      { pluginId: 'search', permissions: [] },
    ]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it.each<[string, (res: ServerResponse) => void]>([
    ['is down', res => res.destroy()],
    ['fails', res => fail(res, 500)],
    ['answers nonsense', res => json(res, { permissions: ['x'] })],
    ['answers with a page', res => void res.end('<html></html>')],
  ])('include the others when a plugin %s', async (_, misbehave) => {
    answer = (plugin, res) =>
      plugin === 'sick' ? misbehave(res) : json(res, { permissions: [] });
    const { plugins, logger } = pluginsOf('sick', 'well');
    expect(await plugins.list()).toEqual([
      { pluginId: 'sick' },
      { pluginId: 'well', permissions: [] },
    ]);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining(`The plugin 'sick'`),
      expect.anything(),
    );
  });

  it('keep the permissions of a plugin that is unavailable, and look them up again soon', async () => {
    const { plugins } = pluginsOf('catalog');
    const known = await plugins.list();
    answer = (_, res) => fail(res, 503);
    later(6 * 60_000);
    await plugins.list();
    expect(await eventuallyOther(plugins, known)).toEqual(known);
    expect(asked).toHaveLength(2);
    answer = (_, res) => json(res, { permissions: [] });
    later(7 * 60_000);
    const before = await plugins.list();
    expect(await eventuallyOther(plugins, before)).toEqual([
      { pluginId: 'catalog', permissions: [] },
    ]);
  });

  /** Returns the list once it has been refreshed. */
  async function eventuallyOther(plugins: AvailablePlugins, known: unknown) {
    let list = await plugins.list();
    while (list === known) {
      await new Promise(resolve => setImmediate(resolve));
      list = await plugins.list();
    }
    return list;
  }
});
