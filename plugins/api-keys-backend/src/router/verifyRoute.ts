import { HttpAuthService, LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  ApiKeyVerificationUnavailableError,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';
import {
  ApiKeyRuntime,
  redactSecrets,
  setRetryAfter,
} from 'backstage-plugin-api-keys-node/internal';
import type { Request, Response, Router as ExpressRouter } from 'express';
import Router from 'express-promise-router';
import { operationRoutes } from './operationRoutes';

const PATH = /^\/v1\/verify(\/.*)?$/is;

/** Errors with a status of their own. All others become a 503: gateways turn any other status into a 500. */
const REFUSALS: { [errorName: string]: 401 | 403 | undefined } = {
  AuthenticationError: 401,
  InputError: 401,
  NotAllowedError: 403,
  TooManyRequestsError: 403,
};

/**
 * Forward auth: gateways send the headers of their client's request here to decide whether to let it through.
 *
 * Accepts any method and any body, which are the client's, so this route must come before parsers of bodies. `httpAuth`
 * enforces the scopes that the gateway requires of the key.
 */
export function createVerifyRoute(options: {
  httpAuth: HttpAuthService;
  runtime: ApiKeyRuntime;
  logger: LoggerService;
}): ExpressRouter {
  const { httpAuth, runtime, logger } = options;
  const router = Router();
  const route = operationRoutes(router);

  const answer = async (req: Request, res: Response, pass: 200 | 204) => {
    setKeyHeaders(res, undefined);
    try {
      await httpAuth.credentials(req, { allow: ['user', 'service'] });
      const key = await runtime.presented.get('api-keys')?.findKey(req);
      if (!key) {
        throw new Error(
          'Nothing has judged the API key by what a gateway demands of it, add apiKeyHttpAuthServiceFactory to the backend',
        );
      }
      setKeyHeaders(res, key);
      res.status(pass).end();
    } catch (error) {
      refuse(res, toError(error), logger);
    }
  };

  route('verifyRequest', (req, res) => answer(req, res, 204));
  // Not mounted at a path: Express would remove it from the URL that `httpAuth` reads.
  router.use((req, res, next) => {
    const match = PATH.exec(req.path);
    if (!match) return next();
    // Envoy, which appends a path, accepts only a 200 as a pass.
    return answer(req, res, match[1] ? 200 : 204);
  });
  return router;
}

/** Always sets all headers: a gateway that copies them then overwrites those of its client. */
function setKeyHeaders(res: Response, key: VerifiedApiKey | undefined) {
  res.setHeader('X-Api-Key-Id', key?.id ?? '');
  res.setHeader('X-Api-Key-Subject', encoded(key?.subject ?? ''));
  res.setHeader('X-Api-Key-Owner', encoded(key?.owner ?? ''));
  res.setHeader('X-Api-Key-Scopes', key?.scopes?.map(encoded).join(' ') ?? '');
}

/** Encodes everything but visible ASCII, and the percent sign itself, as percent-encoded UTF-8 for a header. */
function encoded(text: string): string {
  return text.replace(/[^\x21-\x24\x26-\x7e]+/g, part =>
    Buffer.from(part).toString('hex').toUpperCase().replace(/../g, '%$&'),
  );
}

function refuse(res: Response, error: Error, logger: LoggerService) {
  const status = REFUSALS[error.name];
  const isOutage = error.name === 'ServiceUnavailableError';
  if (!status && !isOutage) {
    logger.error('A gateway could not be told whether a key is good', error);
  }
  const { name, message } =
    status || isOutage ? error : new ApiKeyVerificationUnavailableError();
  if (!status) setRetryAfter(res);
  // Both the challenge and the message repeat the scopes that the gateway requires.
  const challenge = res.getHeader('WWW-Authenticate');
  if (typeof challenge === 'string') {
    res.setHeader('WWW-Authenticate', redactSecrets(challenge));
  }
  res
    .status(status ?? 503)
    .json({ error: { name, message: redactSecrets(message) } });
}
