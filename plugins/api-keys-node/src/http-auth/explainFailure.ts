import {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
} from '../errors';
import { RequestContext } from '../authenticator/RequestContext';

/**
 * Backstage says 401 of the user token that took the place of a key, too, when it cannot fetch the public keys of the auth plugin. The
 * key itself was accepted, and whoever holds it must not take it for a bad one.
 */
export function explainFailure(
  error: unknown,
  { authentication }: RequestContext,
): unknown {
  const isOfSecret = authentication?.source === 'secret';
  const isOfKey = error instanceof ApiKeyRefusedError;
  return isOfSecret && !isOfKey && isUnauthorized(error)
    ? new ApiKeyVerificationUnavailableError()
    : error;
}

export function isUnauthorized(error: unknown): boolean {
  return error instanceof Error && error.name === 'AuthenticationError';
}
