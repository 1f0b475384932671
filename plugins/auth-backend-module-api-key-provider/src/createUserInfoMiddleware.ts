import { AuthService } from '@backstage/backend-plugin-api';
import { ApiKeyRuntime } from 'backstage-plugin-api-keys-node/internal';
import type { Request, RequestHandler } from 'express';

/** As Express matches the auth plugin's own route. */
const USER_INFO_PATH = /^\/v1\/userinfo\/?$/i;

/**
 * Answers `GET /api/auth/v1/userinfo` for user tokens of keys with what the key owns. The auth plugin's own route, which gets all other
 * requests, knows one ownership of each user, that of the last sign-in.
 */
export function createUserInfoMiddleware(options: {
  auth: AuthService;
  runtime: ApiKeyRuntime;
}): RequestHandler {
  const { auth, runtime } = options;
  const userInfoOf = async (req: Request) => {
    const [, token] =
      req.headers.authorization?.match(/^Bearer[ ]+(\S+)$/i) ?? [];
    const binding = token && (await runtime.tokenKeys.bindingOf(token));
    if (!binding) return undefined;
    // Checks the token's signature and that the key is still accepted.
    await auth.authenticate(token, { allowLimitedAccess: true });
    const { subject, ownershipEntityRefs } = binding;
    return { claims: { sub: subject, ent: ownershipEntityRefs } };
  };

  return (req, res, next) => {
    const isUserInfo =
      ['GET', 'HEAD'].includes(req.method) && USER_INFO_PATH.test(req.path);
    if (!isUserInfo) {
      next();
      return;
    }
    userInfoOf(req).then(info => (info ? res.json(info) : next()), next);
  };
}
