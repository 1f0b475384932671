import type { IncomingMessage, ServerResponse } from 'node:http';
import { isScopeToken } from '../http-auth/bearerChallenge';
import { isWellFormedSecret } from '../secret/format';
import { hasRequiredScopes } from './hasRequiredScopes';
import { carriesSecret, presentedSecrets } from './presentedSecrets';
import { Refusal, refuse } from './refuse';
import { PortalKey, PortalVerifier } from './types';
import { VerificationUnavailableError } from './VerificationUnavailableError';

/**
 * A request of Express or a compatible framework.
 *
 * @public
 */
export type ApiKeyRequest = IncomingMessage & {
  /** Address of the client. Express determines it by its setting `trust proxy`. */
  ip?: string;
};

/**
 * Options of {@link requireApiKey}.
 *
 * @public
 */
export type RequireApiKeyOptions = {
  /**
   * The scopes that the key must have, all of them. Without scopes, every key is accepted that is not restricted in Backstage.
   */
  scopes?: readonly string[];
  /** Called with the reason each time a key could not be verified. If left out, the reason is logged to the console. */
  onUnavailable?: (error: VerificationUnavailableError) => void;
};

const keys = new WeakMap<IncomingMessage, PortalKey>();

/**
 * Creates a middleware for Express 4 and 5, and compatible frameworks, that accepts requests with an API key of the portal.
 *
 * Reads the key from `Authorization: Bearer`, from `X-API-Key`, or from `Authorization: Basic` as user name or password.
 * Refuses requests according to RFC 6750: 401 without a key and for a key that is not accepted, 403 for a missing scope, 400
 * for two credentials. Answers 503 with `Retry-After` while keys cannot be verified.
 *
 * @example
 * ```ts
 * app.get('/orders', requireApiKey(verifier, { scopes: ['orders:read'] }), (req, res) => {
 *   res.json(ordersOf(apiKeyOf(req).subject));
 * });
 * ```
 * @throws Error for an invalid scope
 * @public
 */
export function requireApiKey(
  verifier: PortalVerifier,
  options: RequireApiKeyOptions = {},
): (
  req: ApiKeyRequest,
  res: ServerResponse,
  next: (error?: unknown) => void,
) => Promise<void> {
  const { scopes = [], onUnavailable = logUnavailable } = options;
  for (const scope of scopes) {
    if (!isScopeToken(scope)) throw new Error(`No scope can be '${scope}'`);
  }

  return async (req, res, next) => {
    let refusal: Refusal | undefined;
    try {
      refusal = await judge(req, verifier, scopes);
    } catch (error) {
      if (!(error instanceof VerificationUnavailableError)) {
        next(error);
        return;
      }
      onUnavailable(error);
      refusal = {
        error: 'temporarily_unavailable',
        description: 'API keys cannot be verified right now, try again shortly',
        retryAfter: error.retryAfter,
      };
    }
    if (refusal) refuse(res, refusal);
    else next();
  };
}

/**
 * Returns the key of a request that {@link requireApiKey} has accepted.
 *
 * @throws Error for any other request
 * @public
 */
export function apiKeyOf(req: IncomingMessage): PortalKey {
  const key = keys.get(req);
  if (key) return key;
  throw new Error('No requireApiKey has let this request in');
}

async function judge(
  req: ApiKeyRequest,
  verifier: PortalVerifier,
  scopes: readonly string[],
): Promise<Refusal | undefined> {
  const [secret, ...more] = presentedSecrets(req);
  if (more.length > 0) {
    return {
      error: 'invalid_request',
      description: `A request may carry one credential, and this one carries ${
        more.length + 1
      }`,
    };
  }
  if (!isWellFormedSecret(secret ?? '') && carriesSecret(req)) {
    return {
      error: 'invalid_token',
      description:
        'The API key is in a place or form that is not accepted: send Authorization: Bearer <API key>',
    };
  }
  if (secret === undefined) {
    return { error: 'unauthorized', description: 'This takes an API key' };
  }
  const answer = await verifier.verify(secret, {
    clientIp: req.ip ?? req.socket.remoteAddress,
  });
  if (!answer.active) {
    return {
      error: 'invalid_token',
      description: 'The API key is not accepted',
    };
  }
  if (!hasRequiredScopes(answer.key, scopes)) return insufficientScope(scopes);
  keys.set(req, answer.key);
  return undefined;
}

function insufficientScope(scopes: readonly string[]): Refusal {
  const error = 'insufficient_scope';
  if (scopes.length === 0) {
    const description =
      'The API key is restricted, and opens only what asks for a scope that it carries';
    return { error, description };
  }
  const description = `This takes an API key with ${scopes.join(' and ')}`;
  return { error, description, scopes };
}

function logUnavailable({ message }: VerificationUnavailableError) {
  // eslint-disable-next-line no-console
  console.error(message);
}
