import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { ApiKeyRefusedError } from '../verification/errors';
import {
  RequestContext,
  withRequestContext,
} from '../authenticator/RequestContext';
import { DelegatedCall, KeyAuthentication } from '../authenticator/types';
import { ApiKeyAuthenticator } from '../authenticator/ApiKeyAuthenticator';
import { InMemoryTokenBindings } from '../tokens/__testUtils__/InMemoryTokenBindings';
import { TokenKeyRegistry } from '../tokens/TokenKeyRegistry';
import { CachingAuthService } from './CachingAuthService';

const NOW = Date.parse('2030-01-01T00:00:00Z');
const HOUR = 3_600_000;
const ADA = 'user:default/ada';

const encode = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token of a calling plugin, which may expire before the user's. */
const callToken = (n: number, exp = NOW + HOUR) =>
  `${encode({})}.${encode({ n, exp: exp / 1000 })}.x`;

describe('the credentials that HTTP authentication caches', () => {
  let userToken: string;
  let made: string[];
  let authenticator: jest.Mocked<ApiKeyAuthenticator>;
  let auth: CachingAuthService;

  const make = async (token: string): Promise<BackstageCredentials> => {
    made.push(token);
    const { principal } = mockCredentials.user(ADA, {
      actor: { subject: 'plugin:probe' },
    });
    const expiresAt = new Date(NOW + HOUR);
    return { $$type: '@backstage/BackstageCredentials', principal, expiresAt };
  };

  const keyWith = (id: string) => ({
    ...{ id, owner: ADA, subject: ADA },
    ...{ endsPredecessor: false, issuedAt: 0 },
  });

  const callWith = (token: string): KeyAuthentication => ({
    ...{ source: 'call', key: keyWith('key-1'), token },
    use: { plugin: 'catalog' },
    call: {
      ...{ token, caller: 'plugin:probe' },
      binding: { id: 'key-1', subject: ADA, ownershipEntityRefs: [] },
    },
  });

  const contextOf = async (authentication: KeyAuthentication) => {
    const context = new RequestContext({});
    const { token } = authentication;
    await context.authenticateOnce(token, async () => authentication);
    return context;
  };

  /** Stands in for the token handler, the only part that knows the key of a token. */
  const present = async (token: string, { isForKey = true } = {}) => {
    const context = isForKey
      ? await contextOf(callWith(token))
      : new RequestContext({});
    return withRequestContext(context, () => auth.authenticate(token));
  };

  /** A request whose key was accepted and replaced with the user token. */
  const presentKey = async (id: string = 'key-1') => {
    const context = await contextOf({
      ...{ source: 'secret', key: keyWith(id), token: userToken },
      use: { plugin: 'catalog' },
    });
    return withRequestContext(context, () => auth.authenticate(userToken));
  };

  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(NOW);
    userToken = 'user token 1';
    made = [];
    authenticator = {
      authenticateSecret: jest.fn(),
      authenticateCall: jest.fn(
        async (
          { token }: DelegatedCall,
          _context: RequestContext | undefined,
        ) => callWith(token),
      ),
    };
    auth = new CachingAuthService({
      inner: mockServices.auth.mock({ authenticate: make }) as AuthService,
      authenticator,
      tokenKeys: new TokenKeyRegistry(() => new InMemoryTokenBindings()),
      max: 3,
    });
  });

  afterEach(() => jest.restoreAllMocks());

  describe('of a key', () => {
    it('are created once', async () => {
      const first = await presentKey();
      expect(await presentKey()).toBe(first);
      expect(made).toEqual([userToken]);
    });

    it('print as credentials of the key, unlike those of another key or a session of the same user', async () => {
      const texts = [
        await presentKey(),
        await presentKey('key-2'),
        await present('a session', { isForKey: false }),
      ].map(String);
      expect(texts[0]).toBe(
        'backstageCredentials{userPrincipal{user:default/ada,actor={[object Object]},apiKey=key-1}}',
      );
      expect(new Set(texts).size).toBe(3);
    });

    it('are created again for another user token, after a transfer or when the old one ends', async () => {
      const first = await presentKey();
      userToken = 'user token 2';
      const second = await presentKey();
      expect(second).not.toBe(first);
      expect(await presentKey()).toBe(second);
      expect(auth.size).toBe(1);
    });

    it('end with the user token', async () => {
      await presentKey();
      jest.mocked(Date.now).mockReturnValue(NOW + HOUR);
      await presentKey();
      expect(made).toHaveLength(2);
    });

    it('are not returned for another key', async () => {
      const first = await presentKey();
      expect(await presentKey('key-2')).not.toBe(first);
    });

    it('are not returned for a request with only the user token', async () => {
      const first = await presentKey();
      expect(await present(userToken, { isForKey: false })).not.toBe(first);
    });
  });

  describe('of a plugin that calls for a key', () => {
    it('are created once, and the key is verified each time', async () => {
      const first = await present(callToken(1));
      expect(await present(callToken(1))).toBe(first);
      expect(made).toHaveLength(1);
      expect(authenticator.authenticateCall.mock.calls).toEqual([
        [
          expect.objectContaining({
            binding: { id: 'key-1', subject: ADA, ownershipEntityRefs: [] },
          }),
          expect.any(RequestContext),
        ],
      ]);
    });

    it('are not returned once the key is refused', async () => {
      await present(callToken(1));
      authenticator.authenticateCall.mockRejectedValue(
        new ApiKeyRefusedError('revoked'),
      );
      await expect(present(callToken(1))).rejects.toThrow('revoked');
    });

    it('end with the token', async () => {
      const token = callToken(1, NOW + 1000);
      await present(token);
      jest.mocked(Date.now).mockReturnValue(NOW + 1000);
      await present(token);
      expect(made).toHaveLength(2);
    });

    it('end with the user token, if that is earlier', async () => {
      const token = callToken(1, NOW + 2 * HOUR);
      await present(token);
      jest.mocked(Date.now).mockReturnValue(NOW + HOUR);
      await present(token);
      expect(made).toHaveLength(2);
    });

    it('are not cached for a token other than the one that was verified', async () => {
      const context = await contextOf(callWith(callToken(1)));
      await withRequestContext(context, () => auth.authenticate(callToken(2)));
      expect(auth.size).toBe(0);
    });
  });

  it('are not cached for calls without a key', async () => {
    const first = await present(callToken(1), { isForKey: false });
    const second = await present(callToken(1), { isForKey: false });
    expect(second).not.toBe(first);
    expect(Object.isFrozen(first)).toBe(false);
    await auth.authenticate(callToken(2));
    expect(auth.size).toBe(0);
  });

  it('cannot be changed', async () => {
    for (const credentials of [
      await presentKey(),
      await present(callToken(1)),
    ]) {
      const { principal } = credentials as BackstageCredentials<any>;
      for (const one of [credentials, principal, principal.actor]) {
        expect(Object.isFrozen(one)).toBe(true);
      }
    }
  });

  it('are not cached beyond the maximum size', async () => {
    for (let i = 0; i < 10; i++) {
      await presentKey(`key-${i}`);
      await present(callToken(i));
    }
    expect(auth.size).toBe(6);
  });
});
