import type { NextFunction, Request, Response } from 'express';
import type { RequestAuthenticator } from './RequestAuthenticator';
import { withholdAnswer } from '../restrictions/guarded/withholdAnswer';

/**
 * Where clients that were refused look for OAuth metadata: RFC 9728, RFC 8414 and OpenID Connect Discovery, each with the path of
 * the server after it.
 */
const METADATA =
  /^\/\.well-known\/(oauth-protected-resource|oauth-authorization-server|openid-configuration)(\/|$)/;
/** Where they register without metadata, as the revision 2025-03-26 of MCP has it. */
const REGISTRATION = '/register';

const NO_OAUTH =
  'This portal has no OAuth for clients: send an API key in the header Authorization';

/**
 * Answers OAuth clients for the plugin that serves the app, whose page stands at every path that nobody else has: clients read it
 * as JSON, and end with a syntax error in place of the reason why they were refused. Whatever else is served at these paths, such
 * as Backstage's own metadata or a file of the app, is served as it is.
 */
export async function answerOAuthClient(
  req: Request,
  res: Response,
  next: NextFunction,
  authenticator: RequestAuthenticator,
): Promise<void> {
  if (isRegistration(req)) {
    const refusal = await authenticator.findRefusal(req);
    // In the form of RFC 7591 §3.2.2, of which clients show the description.
    res
      .status(404)
      .set('Cache-Control', 'no-store')
      .json({
        error: 'invalid_request',
        error_description: refusal?.message ?? NO_OAUTH,
      });
    return;
  }
  if (METADATA.test(req.path)) withholdPage(req, res);
  next();
}

function isRegistration(req: Request): boolean {
  return (
    req.method === 'POST' &&
    req.path === REGISTRATION &&
    req.is('application/json') !== false
  );
}

function withholdPage({ method, path }: Request, res: Response) {
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
