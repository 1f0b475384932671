import {
  coreServices,
  createBackendPlugin,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  createPermission,
} from '@backstage/plugin-permission-common';
import { innerPermissionsServiceRef } from './permissions';

const permission = createPermission({ name: 'probe.look', attributes: {} });

describe("Backstage's permissions service", () => {
  const asked: { authorization?: string; permissions: string[] }[] = [];
  let permissions: PermissionsService;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  /** Denies everything, and remembers what it was asked. */
  const permissionBackend = createBackendPlugin({
    pluginId: 'permission',
    register(reg) {
      reg.registerInit({
        deps: { httpRouter: coreServices.httpRouter },
        async init({ httpRouter }) {
          httpRouter.use((req, res) => {
            let text = '';
            req.on('data', chunk => {
              text += chunk;
            });
            req.on('end', () => {
              const { items } = JSON.parse(text) as {
                items: { id: string; permission: { name: string } }[];
              };
              asked.push({
                authorization: req.headers.authorization,
                permissions: items.map(one => one.permission.name),
              });
              res.json({
                items: items.map(({ id }) => ({
                  id,
                  result: AuthorizeResult.DENY,
                })),
              });
            });
          });
        },
      });
    },
  });

  async function start(enabled: boolean) {
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: { permission: { enabled }, backend: { baseUrl: 'http://x' } },
        }),
        permissionBackend,
        createBackendPlugin({
          pluginId: 'probe',
          register(reg) {
            reg.registerInit({
              deps: { inner: innerPermissionsServiceRef },
              async init({ inner }) {
                permissions = inner;
              },
            });
          },
        }),
      ],
    });
  }

  beforeEach(() => {
    asked.length = 0;
  });
  afterEach(() => backend.stop());

  const ask = async (credentials = mockCredentials.user()) => {
    const [{ result }] = await permissions.authorize([{ permission }], {
      credentials,
    });
    return result;
  };

  it('asks the permission backend, on behalf of the user', async () => {
    await start(true);
    expect(await ask()).toBe(AuthorizeResult.DENY);
    expect(asked).toEqual([
      {
        permissions: ['probe.look'],
        authorization: mockCredentials.service.header({
          onBehalfOf: mockCredentials.user(),
          targetPluginId: 'permission',
        }),
      },
    ]);
  });

  it('allows everything where the permission framework is off', async () => {
    await start(false);
    expect(await ask()).toBe(AuthorizeResult.ALLOW);
    expect(asked).toEqual([]);
  });

  it('allows plugins everything without asking', async () => {
    await start(true);
    expect(await ask(mockCredentials.service() as never)).toBe(
      AuthorizeResult.ALLOW,
    );
    expect(asked).toEqual([]);
  });
});
