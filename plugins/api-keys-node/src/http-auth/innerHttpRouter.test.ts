import { httpRouterServiceFactory } from '../backstage/httpRouter';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
  HttpRouterService,
  ServiceRef,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { NotAllowedError } from '@backstage/errors';
import { ErrorRequestHandler, Handler } from 'express';
import request from 'supertest';
import {
  HTTP_ROUTER_DEPENDENCIES,
  innerHttpRouterServiceRef,
} from './innerHttpRouter';

describe("Backstage's HTTP router, behind another one", () => {
  const order: string[] = [];
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  const note =
    (name: string): Handler =>
    (_req, _res, next) => {
      order.push(name);
      next();
    };

  beforeAll(async () => {
    const httpAuth = mockServices.httpAuth.mock({
      credentials: async () => {
        order.push('credentials');
        return undefined as never;
      },
    });
    const plugin = createBackendPlugin({
      pluginId: 'probe',
      register(reg) {
        reg.registerInit({
          deps: { httpRouter: coreServices.httpRouter },
          async init({ httpRouter }) {
            httpRouter.addAuthPolicy({
              path: '/open',
              allow: 'unauthenticated',
            });
            httpRouter.use(note('plugin'));
            httpRouter.use((req, res) => {
              if (req.path === '/refused') throw new NotAllowedError('no');
              res.json({ baseUrl: req.baseUrl, path: req.path });
            });
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        httpAuth.factory,
        createServiceFactory({
          service: coreServices.httpRouter,
          initialization: 'always',
          deps: { inner: innerHttpRouterServiceRef },
          factory: ({ inner }) => before(inner),
        }),
        plugin,
      ],
    });
  });

  beforeEach(() => {
    order.length = 0;
  });
  afterAll(() => backend.stop());

  /** As the router of keys does: a handler before those of the plugin, and one for errors after each. */
  function before(inner: HttpRouterService): HttpRouterService {
    inner.use(note('before'));
    const use = inner.use.bind(inner);
    const onError: ErrorRequestHandler = (error, _req, _res, next) => {
      order.push(error.name);
      next(error);
    };
    inner.use = handler => {
      use(handler);
      use(onError as unknown as Handler);
    };
    return inner;
  }

  const get = (path: string) =>
    request(backend.server).get(`/api/probe${path}`);

  it('calls handlers in their order, after its check of credentials', async () => {
    const { body } = await get('/any').expect(200);
    expect(order).toEqual(['credentials', 'before', 'plugin']);
    expect(body).toEqual({ baseUrl: '/api/probe', path: '/any' });
  });

  it('calls them where nothing asks for credentials, too', async () => {
    await get('/open').expect(200);
    expect(order).toEqual(['before', 'plugin']);
  });

  it('lets a handler of errors see what a plugin throws before it answers', async () => {
    await get('/refused').expect(403);
    expect(order).toEqual([
      'credentials',
      'before',
      'plugin',
      'NotAllowedError',
    ]);
  });

  it('depends on the services by which it takes and authenticates websockets', async () => {
    const { deps } = httpRouterServiceFactory as unknown as {
      deps: Record<string, ServiceRef<unknown>>;
    };
    const ids = Object.values(deps).map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining([...HTTP_ROUTER_DEPENDENCIES.keys()]),
    );
  });
});
