/**
 * A key that the portal accepts, with the fields that a service needs.
 *
 * @public
 */
export type PortalKey = {
  readonly id: string;
  /** The entity ref of the user or group that the key belongs to. */
  readonly owner: string;
  /** The entity ref that a request with the key acts as. */
  readonly subject: string;
  /** The key's scopes for services outside of Backstage. */
  readonly scopes: readonly string[];
  /** True if the key is limited to these scopes, so that a service that requires no scope denies it. */
  readonly restricted: boolean;
  /** Undefined for a key that does not expire. */
  readonly expiresAt?: Date;
};

/**
 * Answer of the portal for a secret. It does not contain the reason why a key is not accepted.
 *
 * @public
 */
export type PortalAnswer =
  | { readonly active: true; readonly key: PortalKey }
  | { readonly active: false };

/**
 * Details of a verification.
 *
 * @public
 */
export type PortalQuestion = {
  /** Address that presented the key. Keys that are restricted to networks are not accepted without it. */
  clientIp?: string;
  /**
   * The scopes that the key must have, all of them; with an empty list, the key must not be restricted. A key that does not
   * match is answered as not active. If left out, any key matches.
   */
  scopes?: readonly string[];
};

/**
 * Verifies keys that are presented to a service outside of the portal.
 *
 * @public
 */
export interface PortalVerifier {
  /**
   * Checks if a key is accepted. Counts as a use of the key.
   *
   * @throws {@link VerificationUnavailableError} if the key cannot be verified right now
   */
  verify(secret: string, question?: PortalQuestion): Promise<PortalAnswer>;
}
