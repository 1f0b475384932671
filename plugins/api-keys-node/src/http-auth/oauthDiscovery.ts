import { RootHttpRouterService } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { withholdAnswer } from './withholdAnswer';
import { setNoStore } from './setNoStore';
import type { RequestAuthenticator } from './RequestAuthenticator';

/**
 * Paths where refused clients look for OAuth metadata: RFC 9728, RFC 8414 and OpenID Connect Discovery, each followed by the
 * path of the server.
 */
const METADATA =
  /^\/\.well-known\/(oauth-protected-resource|oauth-authorization-server|openid-configuration)(\/|$)/;
/** Path where clients register without metadata (revision 2025-03-26 of MCP). */
const REGISTRATION = '/register';

const NO_OAUTH =
  'This portal has no OAuth for clients: send an API key in the header Authorization. If you sent one, it is not accepted here, and the first answer says why';

/**
 * Answers requests for OAuth metadata with 404 in JSON instead of the page of the app. Clients would parse the page as JSON and
 * report a syntax error instead of the reason for the refusal. Metadata in a file of the app is served unchanged.
 *
 * @param req - a request that only the plugin that serves the app has a route for
 */
export function withholdPage({ method, path }: Request, res: Response): void {
  if (!METADATA.test(path)) return;
  withholdAnswer(res, () => {
    const contentType = String(res.getHeader('Content-Type') ?? '');
    if (!contentType.startsWith('text/html')) return undefined;
    return {
      status: 404,
      body: {
        error: { name: 'NotFoundError', message: NO_OAUTH },
        request: { method, url: path },
        response: { statusCode: 404 },
      },
      setHeaders: () => {},
    };
  });
}

/**
 * Answers clients that register with the reason why their key is refused, since clients that try to log in after a refusal drop
 * the answer with the reason. Must be the last handler, so that other routes at this path keep working.
 *
 * @param authenticator - the authenticator of the plugin that refused the key
 */
export function answerRegistrations(
  rootHttpRouter: RootHttpRouterService,
  authenticator: RequestAuthenticator,
): void {
  const answer = async (req: Request, res: Response) => {
    const refusal = await authenticator.findRefusal(req);
    setNoStore(res);
    // Format of RFC 7591 §3.2.2; clients show the description.
    res.status(404).json({
      error: 'invalid_request',
      error_description: refusal?.message ?? NO_OAUTH,
    });
  };
  try {
    rootHttpRouter.use(REGISTRATION, (req, res, next) => {
      const isRegistration =
        req.method === 'POST' &&
        req.path === '/' &&
        req.is('application/json') !== false;
      if (isRegistration) answer(req, res).catch(next);
      else next();
    });
  } catch {
    // The path belongs to another handler.
  }
}
