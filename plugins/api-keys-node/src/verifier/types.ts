/**
 * A key that the portal accepts, as far as a service needs to know it.
 *
 * @public
 */
export type PortalKey = {
  readonly id: string;
  /** The entity ref of the user or group that the key belongs to. */
  readonly owner: string;
  /** The entity ref that a request with the key acts as. */
  readonly subject: string;
  /** What the key is for in services outside of Backstage. */
  readonly scopes: readonly string[];
  /** Whether the key is for these alone: it opens nothing that asks for no scope. */
  readonly restricted: boolean;
  /** Undefined for a key that does not expire. */
  readonly expiresAt?: Date;
};

/**
 * What the portal says of a secret. It does not say why a key is not accepted.
 *
 * @public
 */
export type PortalAnswer =
  | { readonly active: true; readonly key: PortalKey }
  | { readonly active: false };

/**
 * What is asked of the portal.
 *
 * @public
 */
export type PortalQuestion = {
  /** Where the key was presented from. Keys that are for some networks are not accepted without it. */
  clientIp?: string;
  /**
   * The scopes that the key has to carry, all of them; with an empty list, it must not be restricted. One that does not fit is not
   * active, as far as this question goes. Left out, any key will do.
   */
  scopes?: readonly string[];
};

/**
 * Asks a portal about the keys that are presented to a service outside of it.
 *
 * @public
 */
export interface PortalVerifier {
  /**
   * Whether a key is accepted. It is a use of the key, whose last use it moves.
   *
   * @throws {@link VerificationUnavailableError} when that cannot be told right now
   */
  verify(secret: string, question?: PortalQuestion): Promise<PortalAnswer>;
}
