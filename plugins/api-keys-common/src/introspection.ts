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

/**
 * What there is to say of a secret (RFC 7662 §2.2). Nothing, if its key is not accepted.
 *
 * @public
 */
export type ApiKeyIntrospection =
  | { active: false }
  | {
      active: true;
      /** The entity ref that the key acts as. */
      sub: string;
      /** The same. */
      username: string;
      /** The id of the key. */
      client_id: string;
      /** The entity ref that may manage the key. */
      owner: string;
      /** When the key was made, in seconds since 1970. */
      iat: number;
      /** When the key expires as things are, in seconds since 1970; left out if nothing ends it. It may end before. */
      exp?: number;
      /** What the key is for in services outside of Backstage, separated by spaces; left out if that is nothing. */
      scope?: string;
      /** Present for a key that is restricted in Backstage: it is for its scopes alone, and opens nothing that asks for none. */
      restricted?: true;
      token_type: 'Bearer';
    };
