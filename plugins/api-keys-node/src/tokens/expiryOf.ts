import { decodeJwt } from 'jose';

/** Returns the expiry of a token in milliseconds since 1970; 0 for a token without one, which is not cached. */
export function expiryOf(token: string): number {
  try {
    return (decodeJwt(token).exp ?? 0) * 1000;
  } catch {
    return 0; // not a JWT
  }
}
