import type { IncomingMessage, ServerResponse } from 'node:http';
import { InputError } from '@backstage/errors';
import {
  ApiKeyRateLimitError,
  ApiKeyScopeError,
  RequestQuota,
} from '../verification/errors';
import { acceptsBasicChallenge, BASIC_CHALLENGE } from './basicChallenge';
import { setBareChallenge, setError } from './bearerChallenge';
import { exposeHeaders } from './exposeHeaders';
import { setNoStore } from './setNoStore';

/** For what may be over in a moment: a restart, a database that changes over. */
export const RETRY_AFTER_SECONDS = 5;

/**
 * Says in the response's headers what the error says in its body, as RFC 6750 §3 asks: Backstage sets none of them.
 *
 * A request without credentials gets the bare challenge, without an error code (§3.1).
 *
 * @param options - `offersBasic`: whether a client that can be asked for a user name and a password may be
 */
export function setChallenge(
  req: IncomingMessage,
  res: ServerResponse | undefined,
  error: unknown,
  options: { carriedCredentials: boolean; offersBasic: boolean },
): void {
  if (!res || res.headersSent || !(error instanceof Error)) return;
  exposeHeaders(res);

  if (error.name === 'AuthenticationError') {
    if (options.carriedCredentials) {
      setError(res, 'invalid_token', error.message);
    } else {
      setBareChallenge(res);
      if (options.offersBasic && acceptsBasicChallenge(req)) {
        res.appendHeader('WWW-Authenticate', BASIC_CHALLENGE);
      }
    }
    setNoStore(res);
  } else if (error instanceof ApiKeyScopeError) {
    setError(res, 'insufficient_scope', error.message, error.scopes);
    setNoStore(res);
  } else if (error instanceof ApiKeyRateLimitError) {
    res.setHeader('Retry-After', String(error.quota.resetsIn));
    setQuota(res, error.quota);
    setNoStore(res);
  } else if (error instanceof InputError) {
    setError(res, 'invalid_request', error.message);
    setNoStore(res);
  } else if (error.name === 'ServiceUnavailableError') {
    setRetryAfter(res);
    setNoStore(res);
  }
}

/**
 * Sets `Retry-After` of an answer that says to try again, unless that is set.
 *
 * @public
 */
export function setRetryAfter(res: ServerResponse): void {
  if (res.hasHeader('Retry-After')) return;
  res.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
}

/** Says what is left of a limit, in the words of draft-ietf-httpapi-ratelimit-headers-06. */
export function setQuota(
  res: ServerResponse,
  { limit, remaining, resetsIn }: RequestQuota,
): void {
  res.setHeader('RateLimit-Limit', String(limit));
  res.setHeader('RateLimit-Remaining', String(remaining));
  res.setHeader('RateLimit-Reset', String(resetsIn));
}
