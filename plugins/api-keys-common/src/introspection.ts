/**
 * What to find out about a secret (RFC 7662 §2.1).
 *
 * @public
 */
export type IntrospectSecretRequest = {
  /** The secret, or whatever else was presented as one. */
  token: string;
  /** The IP address that it was presented from. A key that is for some networks is not accepted without it. */
  clientIp?: string;
};
