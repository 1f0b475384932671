import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { ActionsService, innerActionsServiceRef } from './actions';

describe("Backstage's actions service", () => {
  const asked: string[] = [];
  let actions: ActionsService;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({
          data: { backend: { actions: { pluginSources: ['probe'] } } },
        }),
        createBackendPlugin({
          pluginId: 'probe',
          register(reg) {
            reg.registerInit({
              deps: {
                httpRouter: coreServices.httpRouter,
                inner: innerActionsServiceRef,
              },
              async init({ httpRouter, inner }) {
                actions = inner;
                httpRouter.use((req, res) => {
                  asked.push(
                    `${req.method} ${req.path} ${req.headers.authorization}`,
                  );
                  res.json({ actions: [], output: { done: true } });
                });
              },
            });
          },
        }),
      ],
    });
  });

  beforeEach(() => {
    asked.length = 0;
  });
  afterAll(() => backend.stop());

  const credentials = mockCredentials.user('user:default/ada');
  const onBehalf = mockCredentials.service.header({
    onBehalfOf: credentials,
    targetPluginId: 'probe',
  });

  it('lists the actions of a plugin on behalf of the credentials', async () => {
    await actions.list({ credentials });
    expect(asked).toEqual([`GET /.backstage/actions/v1/actions ${onBehalf}`]);
  });

  it('invokes one on behalf of the credentials, each time', async () => {
    const invoke = () => actions.invoke({ id: 'probe:do', credentials });
    expect(await invoke()).toEqual({ output: { done: true } });
    await invoke();
    const path = '/.backstage/actions/v1/actions/probe%3Ado/invoke';
    expect(asked).toEqual(Array(2).fill(`POST ${path} ${onBehalf}`));
  });
});
