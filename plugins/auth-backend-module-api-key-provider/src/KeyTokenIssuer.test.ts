import { mockServices } from '@backstage/backend-test-utils';
import { AuthResolverContext } from '@backstage/plugin-auth-node';
import { KeyTokenIssuer } from './KeyTokenIssuer';

const CLAIMS = { sub: 'user:default/ada', ent: ['user:default/ada'] };

const contextWith = (extra: object) =>
  ({ issueToken: jest.fn(), ...extra } as unknown as AuthResolverContext & {
    issueToken: jest.Mock;
  });

describe('KeyTokenIssuer', () => {
  const logger = mockServices.logger.mock();
  beforeEach(() => jest.clearAllMocks());

  it('signs with the issuer of the auth plugin, which then remembers nothing of the user', async () => {
    const tokenIssuer = { issueToken: jest.fn(async () => ({ token: 'jwt' })) };
    const resolverContext = contextWith({ tokenIssuer });
    const issuer = KeyTokenIssuer.create({ resolverContext, logger });
    expect(await issuer.issue(CLAIMS)).toBe('jwt');
    expect(tokenIssuer.issueToken).toHaveBeenCalledWith({ claims: CLAIMS });
    expect(resolverContext.issueToken).not.toHaveBeenCalled();
    expect(logger.error).not.toHaveBeenCalled();
  });

  it.each([{}, { tokenIssuer: undefined }, { tokenIssuer: {} }])(
    'says at start that keys will be refused, and refuses them with 503, where there is none: %j',
    async extra => {
      const resolverContext = contextWith(extra);
      const issuer = KeyTokenIssuer.create({ resolverContext, logger });
      expect(logger.error).toHaveBeenCalledWith(
        expect.stringContaining('API keys will be refused'),
      );
      await expect(issuer.issue(CLAIMS)).rejects.toMatchObject({
        name: 'ServiceUnavailableError',
      });
      expect(resolverContext.issueToken).not.toHaveBeenCalled();
    },
  );
});
