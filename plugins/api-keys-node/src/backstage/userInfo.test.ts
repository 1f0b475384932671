import {
  coreServices,
  createBackendPlugin,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { userTokens } from './__testUtils__/userTokens';
import { innerUserInfoServiceRef } from './userInfo';

describe("Backstage's user info service", () => {
  const ADA = 'user:default/ada';
  let userInfo: UserInfoService;
  let token: string;
  let asked: string | undefined;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    token = await (await userTokens()).sign(ADA);
    backend = await startTestBackend({
      features: [
        // Accepts every caller: the test checks the token itself.
        mockServices.httpAuth.mock({
          credentials: async () => undefined as never,
        }).factory,
        createBackendPlugin({
          pluginId: 'auth',
          register(reg) {
            reg.registerInit({
              deps: { httpRouter: coreServices.httpRouter },
              async init({ httpRouter }) {
                httpRouter.use((req, res) => {
                  asked = `${req.path} ${req.headers.authorization}`;
                  res.json({ claims: { ent: ['group:default/team-a'] } });
                });
              },
            });
          },
        }),
        createBackendPlugin({
          pluginId: 'probe',
          register(reg) {
            reg.registerInit({
              deps: { inner: innerUserInfoServiceRef },
              async init({ inner }) {
                userInfo = inner;
              },
            });
          },
        }),
      ],
    });
  });

  afterAll(() => backend.stop());

  it('asks the auth plugin for the ownership of the user, with only the token', async () => {
    const credentials = { ...mockCredentials.user(ADA), token };
    expect(await userInfo.getUserInfo(credentials)).toEqual({
      userEntityRef: ADA,
      ownershipEntityRefs: ['group:default/team-a'],
    });
    expect(asked).toBe(`/v1/userinfo Bearer ${token}`);
  });

  it('answers only for users', async () => {
    await expect(
      userInfo.getUserInfo(mockCredentials.service()),
    ).rejects.toThrow('Only user credentials are supported');
  });
});
