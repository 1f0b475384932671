import { createHmac, hash } from 'node:crypto';
import { NO_PEPPER } from '../config';

/**
 * Computes the digests of secrets that the database stores. A fast digest is enough: a secret has 256 random bits, which cannot
 * be guessed (OWASP ASVS 5.0, 6.5.2), and a slow one would delay every request.
 */
export class SecretDigests {
  readonly #peppers: string[];

  /** @param peppers - the first signs new keys, all are tried; empty for plain SHA-256 */
  constructor(peppers: string[]) {
    this.#peppers = peppers.length > 0 ? peppers : [NO_PEPPER];
  }

  /** Returns the digest to store with a new key. */
  sign(secret: string): string {
    return digest(secret, this.#peppers[0]);
  }

  /** Returns every digest under which the secret may be stored. */
  candidates(secret: string): string[] {
    return this.#peppers.map(pepper => digest(secret, pepper));
  }
}

/** Synchronous and fast: each request with a key waits for this. */
function digest(secret: string, pepper: string): string {
  return pepper === NO_PEPPER
    ? hash('sha256', secret, 'hex')
    : createHmac('sha256', pepper).update(secret).digest('hex');
}
