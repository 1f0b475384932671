import { authServiceFactory } from '@backstage/backend-defaults/auth';
import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { userTokens } from './__testUtils__/userTokens';
import {
  PluginTokenHandler,
  pluginTokenHandlerDecoratorServiceRef,
} from './tokenHandler';

describe("Backstage's decorated handler of plugin tokens", () => {
  const ADA = 'user:default/ada';
  const handlers: string[] = [];
  const verifyToken = jest.fn<
    ReturnType<PluginTokenHandler['verifyToken']>,
    [string]
  >();
  const issueToken = jest.fn<
    ReturnType<PluginTokenHandler['issueToken']>,
    Parameters<PluginTokenHandler['issueToken']>
  >();
  let auth: AuthService;
  let userToken: string;
  let backend: Awaited<ReturnType<typeof startTestBackend>>;

  beforeAll(async () => {
    const tokens = await userTokens();
    userToken = await tokens.sign(ADA);
    const plugin = (pluginId: string) =>
      createBackendPlugin({
        pluginId,
        register(reg) {
          reg.registerInit({
            deps: { auth: coreServices.auth },
            async init(deps) {
              auth = deps.auth;
            },
          });
        },
      });
    backend = await startTestBackend({
      features: [
        authServiceFactory,
        createServiceFactory({
          service: pluginTokenHandlerDecoratorServiceRef,
          deps: { plugin: coreServices.pluginMetadata },
          factory:
            ({ plugin: { getId } }) =>
            inner => {
              handlers.push(getId());
              issueToken.mockImplementation(one => inner.issueToken(one));
              return { verifyToken, issueToken };
            },
        }),
        tokens.authPlugin,
        plugin('last'),
      ],
    });
  });

  beforeEach(() => {
    jest.clearAllMocks();
    verifyToken.mockReset();
  });
  afterAll(() => backend.stop());

  it('is created once for each plugin that authenticates', () => {
    expect([...handlers].sort()).toEqual(['auth', 'last']);
  });

  it('is asked first about every credential, whatever it looks like', async () => {
    verifyToken.mockResolvedValue({ subject: 'plugin:any' });
    for (const token of ['bsk_any', 'no token at all', userToken]) {
      const { principal } = await auth.authenticate(token);
      expect(principal).toEqual({ type: 'service', subject: 'plugin:any' });
      expect(verifyToken).toHaveBeenLastCalledWith(token);
    }
  });

  it('leaves the credential to the others when it answers undefined', async () => {
    const { principal } = await auth.authenticate(userToken);
    expect(principal).toEqual({ type: 'user', userEntityRef: ADA });
    expect(verifyToken).toHaveBeenCalledTimes(1);
  });

  it('may answer with a whole user token in the place of a limited one, and then the user calls, without an actor', async () => {
    verifyToken.mockResolvedValue({ subject: '', limitedUserToken: userToken });
    const credentials = await auth.authenticate('bsk_any');
    expect(credentials.principal).toEqual({ type: 'user', userEntityRef: ADA });
    expect(credentials).toMatchObject({ token: userToken });
  });

  it('refuses a credential with what it throws', async () => {
    verifyToken.mockRejectedValue(new Error('refused'));
    await expect(auth.authenticate(userToken)).rejects.toThrow('refused');
  });

  it('is asked for the token of each call to another plugin, with the limited token of the user', async () => {
    verifyToken.mockResolvedValue({ subject: '', limitedUserToken: userToken });
    const onBehalfOf = await auth.authenticate('bsk_any');
    await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'other' });
    const { token: limitedUserToken } = await auth.getLimitedUserToken(
      onBehalfOf as BackstageCredentials<BackstageUserPrincipal>,
    );
    expect(issueToken.mock.calls).toEqual([
      [
        {
          pluginId: 'last',
          targetPluginId: 'other',
          onBehalfOf: { limitedUserToken, expiresAt: expect.any(Date) },
        },
      ],
    ]);
  });

  it('is asked for it without a user where a plugin calls as itself', async () => {
    const onBehalfOf = await auth.getOwnServiceCredentials();
    await auth.getPluginRequestToken({ onBehalfOf, targetPluginId: 'other' });
    expect(issueToken.mock.calls).toEqual([
      [{ pluginId: 'last', targetPluginId: 'other' }],
    ]);
  });
});
