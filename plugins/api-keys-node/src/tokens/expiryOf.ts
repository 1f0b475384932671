import { decodeJwt } from 'jose';

/** When a token expires, in milliseconds since the epoch; 0 for one that does not tell, which is not kept. */
export function expiryOf(token: string): number {
  try {
    return (decodeJwt(token).exp ?? 0) * 1000;
  } catch {
    return 0; // not a JWT
  }
}
