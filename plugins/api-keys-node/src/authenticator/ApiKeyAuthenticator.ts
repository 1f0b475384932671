import { RequestContext } from './RequestContext';
import { DelegatedCall, KeyAuthentication } from './types';

/**
 * Authenticates keys in one plugin. Credentials may be cached; the authorization decision is never cached beyond one request.
 *
 * @public
 */
export interface ApiKeyAuthenticator {
  /**
   * Verifies a secret, enforces the restrictions of its key, gets the key's user token and records the use.
   *
   * @param context - the request that presents it; undefined outside of HTTP
   * @throws {@link ApiKeyRefusedError} for a key that is not accepted
   * @throws {@link ApiKeyScopeError} for a use that its restrictions deny
   * @throws {@link ApiKeyRateLimitError} for a key that exceeds its rate limit, and for an address with too many failures
   */
  authenticateSecret(
    secret: string,
    context: RequestContext | undefined,
  ): Promise<KeyAuthentication>;

  /**
   * Checks the key that a plugin acts for.
   *
   * @throws {@link ApiKeyRefusedError} for a key that has ended since
   * @throws {@link ApiKeyScopeError} for a use that its restrictions deny
   */
  authenticateCall(
    call: DelegatedCall,
    context: RequestContext | undefined,
  ): Promise<KeyAuthentication>;
}
