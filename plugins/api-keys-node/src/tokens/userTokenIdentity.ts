import { tokenTypes } from '@backstage/plugin-auth-node';
import { decodeJwt, decodeProtectedHeader } from 'jose';

/** The only signature algorithm for user tokens with which two tokens never share a signature. */
const RANDOMISED_ALGORITHM = 'ES256';

/** Identity that the full and the limited form of a Backstage user token share. */
export type UserTokenIdentity = {
  /** 43 base64url characters. */
  id: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
};

/**
 * Identifies a user token by the signature of its limited form, which is the same on every hop. Uses only the first 32 bytes
 * (`r` of ECDSA), which are the same in other spellings that still verify, such as (r, n-s) or a different last base64url
 * character.
 *
 * @returns undefined for other texts, and for a signature that several tokens may share, which tokens of keys never have
 */
export function userTokenIdentity(
  token: string,
): UserTokenIdentity | undefined {
  try {
    const { typ, alg } = decodeProtectedHeader(token);
    const { exp, uip } = decodeJwt(token);
    const signature = limitedSignature(token, typ, uip);
    if (alg !== RANDOMISED_ALGORITHM || !exp || !signature) return undefined;
    const r = Buffer.from(signature, 'base64url').subarray(0, 32);
    return { id: r.toString('base64url'), expiresAt: exp * 1000 };
  } catch {
    return undefined; // not a JWT
  }
}

/**
 * Identifies a user token for a key, and rejects one whose signature may not be unique.
 *
 * @throws Error if the auth plugin signs with an algorithm that gives equal tokens equal signatures
 */
export function requireUserTokenIdentity(token: string): UserTokenIdentity {
  const { alg } = decodeProtectedHeader(token);
  if (alg !== RANDOMISED_ALGORITHM) {
    throw new Error(
      `API keys need user tokens that are signed with ${RANDOMISED_ALGORITHM}, and the auth plugin signs with ${alg}; remove auth.identityTokenAlgorithm and auth.keyStore settings that change it`,
    );
  }
  const identity = userTokenIdentity(token);
  if (!identity) {
    throw new Error('The auth plugin issued a user token of unknown form');
  }
  return identity;
}

function limitedSignature(
  token: string,
  typ: string | undefined,
  uip: unknown,
): string | undefined {
  // `uip` (user identity proof) is the signature of the limited token.
  if (typ === tokenTypes.user.typParam) {
    return typeof uip === 'string' ? uip : undefined;
  }
  return typ === tokenTypes.limitedUser.typParam
    ? token.slice(token.lastIndexOf('.') + 1)
    : undefined;
}
