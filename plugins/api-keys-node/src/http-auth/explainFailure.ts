import {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
} from '../verification/errors';
import { RequestContext } from '../authenticator/RequestContext';

/**
 * Maps a 401 for the user token that replaced an accepted key to a 503. Backstage also answers 401 when it cannot fetch the
 * public keys of the auth plugin, and the holder of the key would discard a valid key.
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
