import type { ServerResponse } from 'node:http';
import { setBareChallenge, setError } from '../http-auth/bearerChallenge';

/** Why a request is not let in. The codes are those of RFC 6750 §3.1, and two for what that has none for. */
export type Refusal = {
  error:
    | 'unauthorized'
    | 'invalid_request'
    | 'invalid_token'
    | 'insufficient_scope'
    | 'temporarily_unavailable';
  description: string;
  /** Those that the request takes. */
  scopes?: readonly string[];
  /** In seconds. */
  retryAfter?: number;
};

const STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  invalid_token: 401,
  insufficient_scope: 403,
  temporarily_unavailable: 503,
};

/** Answers a request that is not let in, as RFC 6750 §3 says. */
export function refuse(res: ServerResponse, refusal: Refusal): void {
  const { error, description, retryAfter } = refusal;
  setHeaders(res, refusal);
  res.statusCode = STATUS[error];
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('Content-Type', 'application/json');
  if (retryAfter !== undefined) {
    res.setHeader('Retry-After', String(retryAfter));
  }
  res.end(JSON.stringify({ error, error_description: description }));
}

function setHeaders(
  res: ServerResponse,
  { error, description, scopes }: Refusal,
) {
  switch (error) {
    case 'unauthorized':
      setBareChallenge(res);
      break;
    case 'temporarily_unavailable':
      // Not for want of a credential.
      break;
    case 'invalid_request':
    case 'invalid_token':
    case 'insufficient_scope':
      setError(res, error, description, scopes);
      break;
    default:
      throw new Error(`Unknown error: ${error satisfies never}`);
  }
}
