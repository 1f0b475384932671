import { VerifiedApiKey } from '../verification/types';
import { KeyBinding } from '../tokens/TokenKeyRegistry';

/**
 * A key that was presented and accepted, and the user token that it is good for.
 *
 * @public
 */
export type AuthenticatedKey = { key: VerifiedApiKey; userToken: string };

/**
 * A call that a plugin makes on behalf of a key's subject.
 *
 * @public
 */
export type CallForKey = {
  /** The token that the plugin presented. */
  token: string;
  /** The plugin, as the subject of a service principal. */
  caller: string;
  binding: KeyBinding;
};

/**
 * Judges what is presented to one plugin, each time that it is: what is reused of earlier times is never the judgement.
 *
 * @public
 */
export interface ApiKeyGate {
  /**
   * @throws {@link ApiKeyRefusedError} for a key that is not accepted
   * @throws {@link ApiKeyScopeError} for one that is, and is not for this
   * @throws {@link ApiKeyRateLimitError} for one that is used too often, and for one failure too many from an address
   */
  authenticate(secret: string): Promise<AuthenticatedKey>;

  /**
   * @throws {@link ApiKeyRefusedError} for a key that has ended since
   * @throws {@link ApiKeyScopeError} for one that is not for this plugin
   */
  requireCall(call: CallForKey): Promise<void>;
}
