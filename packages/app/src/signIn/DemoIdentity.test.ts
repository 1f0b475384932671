import { DemoIdentity } from './DemoIdentity';

const discoveryApi = {
  getBaseUrl: async (plugin: string) => `http://backend/api/${plugin}`,
};

let issued = 0;

function session(expiresInSeconds: number) {
  issued += 1;
  return Response.json({
    profile: { displayName: 'Ada Brandt', email: 'ada@example.com' },
    backstageIdentity: {
      token: `token ${issued}`,
      expiresInSeconds,
      identity: {
        type: 'user',
        userEntityRef: 'user:default/ada',
        ownershipEntityRefs: ['user:default/ada', 'group:default/team-a'],
      },
    },
  });
}

describe('DemoIdentity', () => {
  const fetched = jest.spyOn(global, 'fetch');

  beforeEach(() => {
    issued = 0;
    localStorage.clear();
    jest.useFakeTimers();
    fetched.mockReset().mockImplementation(async () => session(600));
  });

  afterAll(() => {
    jest.useRealTimers();
    fetched.mockRestore();
  });

  it('posts the name and is that user', async () => {
    const identity = await DemoIdentity.signIn(discoveryApi, 'ada');

    expect(fetched).toHaveBeenCalledWith(
      'http://backend/api/auth/demo/refresh',
      {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"user":"ada"}',
      },
    );
    expect(await identity.getCredentials()).toEqual({ token: 'token 1' });
    expect(await identity.getProfileInfo()).toEqual({
      displayName: 'Ada Brandt',
      email: 'ada@example.com',
    });
    expect(await identity.getBackstageIdentity()).toMatchObject({
      userEntityRef: 'user:default/ada',
    });
  });

  it('fetches a new token before the old one expires, once for all callers', async () => {
    const identity = await DemoIdentity.signIn(discoveryApi, 'ada');

    jest.advanceTimersByTime(539_000);
    expect(await identity.getCredentials()).toEqual({ token: 'token 1' });
    expect(fetched).toHaveBeenCalledTimes(1);

    jest.advanceTimersByTime(2_000);
    const credentials = await Promise.all([
      identity.getCredentials(),
      identity.getCredentials(),
    ]);
    expect(credentials).toEqual([{ token: 'token 2' }, { token: 'token 2' }]);
    expect(fetched).toHaveBeenCalledTimes(2);
  });

  it('tries again after a refresh that failed', async () => {
    const identity = await DemoIdentity.signIn(discoveryApi, 'ada');
    jest.advanceTimersByTime(600_000);
    fetched.mockRejectedValueOnce(new TypeError('Failed to fetch'));

    await expect(identity.getCredentials()).rejects.toThrow('Failed to fetch');
    expect(await identity.getCredentials()).toEqual({ token: 'token 2' });
  });

  it('is remembered until it signs out', async () => {
    const identity = await DemoIdentity.signIn(discoveryApi, 'ada');
    expect(Object.values({ ...localStorage })).toEqual(['ada']);

    await identity.signOut();
    expect(localStorage).toHaveLength(0);
  });

  it('says why it could not sign in, and remembers nobody', async () => {
    fetched.mockResolvedValueOnce(
      Response.json(
        {
          error: { name: 'AuthenticationError', message: 'no such user' },
          response: { statusCode: 401 },
        },
        { status: 401 },
      ),
    );

    await expect(DemoIdentity.signIn(discoveryApi, 'bob')).rejects.toThrow(
      'no such user',
    );
    expect(localStorage).toHaveLength(0);
  });
});
