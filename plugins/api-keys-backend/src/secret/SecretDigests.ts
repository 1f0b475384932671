import { createHmac, hash } from 'node:crypto';

/** In the place of a pepper: keys whose digest is a plain one. */
export const NO_PEPPER = 'none';

/**
 * Turns secrets into what is stored of them. A fast digest is enough: a secret has 256 random bits, so there is nothing
 * to guess (OWASP ASVS 5.0, 6.5.2), and a slow one would be paid by every request.
 */
export class SecretDigests {
  readonly #peppers: string[];

  /** @param peppers - the first signs, all are tried; empty for plain SHA-256 */
  constructor(peppers: string[]) {
    this.#peppers = peppers.length > 0 ? peppers : [NO_PEPPER];
  }

  /** The digest to store with a new key. */
  sign(secret: string): string {
    return digest(secret, this.#peppers[0]);
  }

  /** Every digest that the secret may be stored under. */
  candidates(secret: string): string[] {
    return this.#peppers.map(pepper => digest(secret, pepper));
  }
}

/** Each request with a key waits for this. */
function digest(secret: string, pepper: string): string {
  return pepper === NO_PEPPER
    ? hash('sha256', secret, 'hex')
    : createHmac('sha256', pepper).update(secret).digest('hex');
}
