import { PluginTokenHandler } from '@backstage/backend-defaults/auth';
import { OnBehalfOfTokenCache } from './OnBehalfOfTokenCache';

type Options = Parameters<PluginTokenHandler['issueToken']>[0];

const NOW = Date.parse('2030-01-01T00:00:00Z');
const HOUR = 3_600_000;

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

const callOf = (
  targetPluginId: string,
  limitedUserToken: string,
  pluginId = 'probe',
) => ({
  pluginId,
  targetPluginId,
  onBehalfOf: { limitedUserToken, expiresAt: new Date(NOW + HOUR) },
});

describe('tokens for calls on behalf of a key', () => {
  let issued: Options[];
  let tokens: OnBehalfOfTokenCache;

  const issueToken = async (options: Options) => {
    issued.push(options);
    const exp = options.onBehalfOf!.expiresAt.getTime() / 1000;
    const claims = { n: issued.length, exp };
    return { token: `${encode({})}.${encode(claims)}.x` };
  };

  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(NOW);
    issued = [];
    tokens = new OnBehalfOfTokenCache({ issueToken, max: 3 });
  });

  afterEach(() => jest.restoreAllMocks());

  it('are signed once for each call', async () => {
    const first = await tokens.get(callOf('catalog', 'a'));
    expect(await tokens.get(callOf('catalog', 'a'))).toEqual(first);
    expect(issued).toEqual([callOf('catalog', 'a')]);
  });

  it.each<[string, Parameters<typeof callOf>]>([
    ['target', ['search', 'a']],
    ['user token', ['catalog', 'b']],
    ['key', ['catalog', 'a~key-1']],
    ['caller', ['catalog', 'a', 'other']],
  ])('are not those of another %s', async (_, other) => {
    const { token } = await tokens.get(callOf('catalog', 'a'));
    expect(await tokens.get(callOf(...other))).not.toEqual({ token });
    expect(await tokens.get(callOf('catalog', 'a'))).toEqual({ token });
  });

  it('are signed again in their last minute', async () => {
    const { token } = await tokens.get(callOf('catalog', 'a'));
    jest.mocked(Date.now).mockReturnValue(NOW + HOUR - 60_001);
    expect(await tokens.get(callOf('catalog', 'a'))).toEqual({ token });
    jest.mocked(Date.now).mockReturnValue(NOW + HOUR - 60_000);
    expect(await tokens.get(callOf('catalog', 'a'))).not.toEqual({ token });
  });

  it('are not cached beyond the maximum size', async () => {
    for (let i = 0; i < 10; i++) await tokens.get(callOf('catalog', `${i}`));
    expect(tokens.size).toBe(3);
  });

  it('are requested again after a failure, and if they have no expiry', async () => {
    const answers = [Promise.reject(new Error('no key')), { token: 'opaque' }];
    const failing = new OnBehalfOfTokenCache({
      issueToken: async () => answers.shift() ?? { token: 'another' },
    });
    await expect(failing.get(callOf('catalog', 'a'))).rejects.toThrow('no key');
    for (const token of ['opaque', 'another']) {
      expect(await failing.get(callOf('catalog', 'a'))).toEqual({ token });
    }
  });
});
