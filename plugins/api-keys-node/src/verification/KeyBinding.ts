/**
 * The key that a user token was issued for, and the subject and ownership in the token. The key may have been transferred since.
 *
 * @public
 */
export type KeyBinding = {
  /** The id of the key. */
  id: string;
  /** Entity ref of the user or group that the token acts as. */
  subject: string;
  /** Entity refs that the token owns. */
  ownershipEntityRefs: string[];
};

/**
 * Stores bindings for every process of the installation.
 *
 * @public
 */
export interface TokenBindingStore {
  /**
   * @param expiresAt - expiry of the token, in milliseconds since 1970
   * @throws Error if the token is bound to another key
   * @throws {@link ApiKeyVerificationUnavailableError} if it could not be stored
   */
  bindToken(
    tokenId: string,
    binding: KeyBinding,
    expiresAt: number,
  ): Promise<void>;

  /**
   * @returns undefined for a token that was issued for no key
   * @throws {@link ApiKeyVerificationUnavailableError} if the binding cannot be looked up right now
   */
  findTokenBinding(tokenId: string): Promise<KeyBinding | undefined>;
}
