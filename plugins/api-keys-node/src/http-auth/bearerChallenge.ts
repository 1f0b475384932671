import type { ServerResponse } from 'node:http';

/*
 * Does not import Backstage, since services outside of it send the same challenges.
 */
const REALM = 'Bearer realm="backstage"';
/** A scope token (RFC 6749 §3.3). */
const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+$/;

/** Sets the challenge for a request without credentials, which has no error code (RFC 6750 §3.1). */
export function setBareChallenge(res: ServerResponse): void {
  res.setHeader('WWW-Authenticate', REALM);
}

/**
 * Sets a challenge with one of the error codes of RFC 6750 §3.1.
 *
 * @param scopes - the scopes that the request requires (§3), for `insufficient_scope`
 */
export function setError(
  res: ServerResponse,
  code: 'invalid_request' | 'invalid_token' | 'insufficient_scope',
  description: string,
  scopes: readonly string[] = [],
): void {
  const areSayable = scopes.length > 0 && scopes.every(isScopeToken);
  const scope = areSayable ? `, scope="${scopes.join(' ')}"` : '';
  res.setHeader(
    'WWW-Authenticate',
    `${REALM}, error="${code}", error_description="${quotable(
      description,
    )}"${scope}`,
  );
}

/** Returns true if a text can be a scope (RFC 6749 §3.3). */
export function isScopeToken(text: string): boolean {
  return SCOPE.test(text);
}

/** Limits a text to the characters that RFC 6750 §3 allows in an `error_description`. */
function quotable(text: string): string {
  return text.replace(/["\\]/g, "'").replace(/[^\x20-\x7e]/g, '?');
}
