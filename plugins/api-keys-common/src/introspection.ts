/**
 * Introspection request for a secret (RFC 7662 §2.1).
 *
 * @public
 */
export type IntrospectSecretRequest = {
  /** The secret, or any other text that was presented as one. */
  token: string;
  /** The IP address that presented the secret. A key that is restricted to networks is not accepted without it. */
  clientIp?: string;
};
