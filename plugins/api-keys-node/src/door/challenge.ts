import type { ServerResponse } from 'node:http';
import type { Request } from 'express';
import { ApiKeyScopeError } from '../errors';
import { neverKeep } from './neverKeep';

const REALM = 'Bearer realm="backstage"';
const RETRY_AFTER_SECONDS = 5;

/**
 * Says in the response's headers what the error says in its body, as RFC 6750 §3 asks: Backstage sets none of them.
 *
 * A request without credentials gets the bare challenge, without an error code (§3.1).
 */
export function setChallenge(
  req: Request,
  error: unknown,
  carriedCredentials: boolean,
): void {
  const { res } = req;
  if (!res || res.headersSent || !(error instanceof Error)) return;

  if (error.name === 'AuthenticationError') {
    res.setHeader(
      'WWW-Authenticate',
      carriedCredentials
        ? `${REALM}, error="invalid_token", error_description="${quotable(
            error.message,
          )}"`
        : REALM,
    );
    neverKeep(res);
  } else if (error instanceof ApiKeyScopeError) {
    setInsufficientScope(res, error.message);
    neverKeep(res);
  } else if (error.name === 'ServiceUnavailableError') {
    res.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    neverKeep(res);
  }
}

/** Says that the credentials are good, and not for this (§3.1). */
export function setInsufficientScope(
  res: ServerResponse,
  description: string,
): void {
  res.setHeader(
    'WWW-Authenticate',
    `${REALM}, error="insufficient_scope", error_description="${quotable(
      description,
    )}"`,
  );
}

/** The characters that RFC 6750 §3 allows in an `error_description`. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
}
