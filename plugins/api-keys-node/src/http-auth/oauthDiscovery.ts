import { RootHttpRouterService } from '@backstage/backend-plugin-api';
import type { Request, Response } from 'express';
import { withholdAnswer } from '../restrictions/guarded/withholdAnswer';
import { setNoStore } from './setNoStore';
import type { RequestAuthenticator } from './RequestAuthenticator';

/**
 * Where clients that were refused look for OAuth metadata: RFC 9728, RFC 8414 and OpenID Connect Discovery, each with the path of
 * the server after it.
 */
const METADATA =
  /^\/\.well-known\/(oauth-protected-resource|oauth-authorization-server|openid-configuration)(\/|$)/;
/** Where they register without metadata, as the revision 2025-03-26 of MCP has it. */
const REGISTRATION = '/register';

const NO_OAUTH =
  'This portal has no OAuth for clients: send an API key in the header Authorization. If you sent one, it is not accepted here, and the first answer says why';

/**
 * Answers requests for OAuth metadata with 404 in JSON, where the page of the app would be the answer: clients read it as JSON, and
 * end with a syntax error in place of the reason why they were refused. Metadata that is a file of the app is served as it is.
 *
 * @param req - one that nobody has a route for but who serves the app
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
 * Tells clients that register why the key that they send is refused: the answer that said so is lost to those that try to log in
 * then. Has to come after all others, so that a route of theirs at this path stays.
 *
 * @param authenticator - of the plugin that refused the key
 */
export function answerRegistrations(
  rootHttpRouter: RootHttpRouterService,
  authenticator: RequestAuthenticator,
): void {
  const answer = async (req: Request, res: Response) => {
    const refusal = await authenticator.findRefusal(req);
    setNoStore(res);
    // In the form of RFC 7591 §3.2.2, of which clients show the description.
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
    // The path is somebody else's.
  }
}
