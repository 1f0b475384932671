import { actionsRegistryServiceFactory } from '@backstage/backend-defaults/alpha';
import {
  BackstageCredentials,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import request from 'supertest';
import { actionsRegistryServiceRef } from './actionsRegistry';

describe("Backstage's registry of actions", () => {
  const calls: { input: unknown; credentials: BackstageCredentials }[] = [];
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    backend = await startTestBackend({
      features: [
        actionsRegistryServiceFactory,
        createBackendPlugin({
          pluginId: 'probe',
          register(reg) {
            reg.registerInit({
              deps: {
                actionsRegistry: actionsRegistryServiceRef,
                httpRouter: coreServices.httpRouter,
              },
              async init({ actionsRegistry }) {
                actionsRegistry.register({
                  name: 'greet',
                  title: 'Greet',
                  description: 'Greets',
                  attributes: { readOnly: true, destructive: false },
                  schema: {
                    input: z => z.object({ name: z.string().describe('Who') }),
                    output: z => z.object({ text: z.string() }),
                  },
                  action: async ({ input, credentials }) => {
                    calls.push({ input, credentials });
                    return { output: { text: `Hello ${input.name}` } };
                  },
                });
              },
            });
          },
        }),
      ],
    });
  });

  beforeEach(() => {
    calls.length = 0;
  });
  afterAll(() => backend.stop());

  const PATH = '/api/probe/.backstage/actions/v1/actions';
  const invoke = (body: object) =>
    request(backend.server)
      .post(`${PATH}/probe:greet/invoke`)
      .set('Authorization', mockCredentials.user.header('user:default/ada'))
      .send(body);

  it('serves the actions of a plugin under its path, with their attributes and schemas', async () => {
    const { body } = await request(backend.server)
      .get(PATH)
      .set('Authorization', mockCredentials.user.header())
      .expect(200);
    expect(body.actions).toMatchObject([
      {
        id: 'probe:greet',
        attributes: { readOnly: true, destructive: false },
        schema: {
          input: { properties: { name: { description: 'Who' } } },
          output: { properties: { text: { type: 'string' } } },
        },
      },
    ]);
  });

  it('invokes an action with the credentials of its caller', async () => {
    const { body } = await invoke({ name: 'Ada' }).expect(200);
    expect(body).toEqual({ output: { text: 'Hello Ada' } });
    expect(calls).toMatchObject([
      {
        input: { name: 'Ada' },
        credentials: { principal: { userEntityRef: 'user:default/ada' } },
      },
    ]);
  });

  it('refuses input that does not match the schema before the action runs', async () => {
    await invoke({ name: 7 }).expect(400);
    expect(calls).toEqual([]);
  });
});
