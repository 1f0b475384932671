import { RequestQuota } from '../errors';
import { KeyBinding } from '../tokens/TokenKeyRegistry';
import { ApiKeyUse, VerifiedApiKey } from '../verification/types';
import type { RequestContext } from './RequestContext';

/**
 * A call that a plugin makes on behalf of a key's subject.
 *
 * @public
 */
export type DelegatedCall = {
  /** The token that the plugin presented. */
  token: string;
  /** The plugin, as the subject of a service principal. */
  caller: string;
  binding: KeyBinding;
};

/**
 * A key that was presented and accepted, with its restrictions enforced.
 *
 * @public
 */
export type KeyAuthentication = {
  readonly key: VerifiedApiKey;
  /** The token that Backstage creates credentials from: the key's user token, or the calling plugin's token. */
  readonly token: string;
  /** The use, as it is recorded. */
  readonly use: ApiKeyUse;
  /** How the answer is limited to the key's permissions; undefined for a key that is not limited to permissions. */
  readonly answerAccess?: 'ask-first' | 'guarded';
  /** The remaining quota of the key's rate limit, if it has one. */
  readonly quota?: RequestQuota;
} & (
  | { readonly source: 'secret' }
  /** A user token of the key that a plugin has passed on. */
  | { readonly source: 'user-token' }
  | { readonly source: 'call'; readonly call: DelegatedCall }
);

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
