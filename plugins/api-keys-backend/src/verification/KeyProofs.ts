import { createHmac, timingSafeEqual } from 'node:crypto';
import { DatabaseSecretDigests } from '../database/DatabaseSecretDigests';
import { SecretDigests } from './SecretDigests';

/** Longest time that a slow exchange may take. */
export const KEY_PROOF_LIFETIME_MS = 60_000;

/** Prevents the digest from signing the same text for another purpose. */
const PURPOSE = 'api-keys exchange';
/** Id of the key, expiry of the proof (milliseconds since 1970), and signature of both. */
const PROOF = /^([\w-]{1,64})\.(\d{13,15})\.([\w-]{43})$/;

/**
 * Proofs that a process holds the secret of a key, which are sent instead of the secret. They are signed (HMAC-SHA-256) with
 * the digest of the secret, which every replica of this plugin reads from the database and no other plugin can. A proof is
 * therefore valid for one key, and only until the key has another secret.
 */
export class KeyProofs {
  readonly #digests: SecretDigests;
  readonly #stored: Pick<DatabaseSecretDigests, 'findAmong' | 'findById'>;

  constructor(options: {
    digests: SecretDigests;
    stored: Pick<DatabaseSecretDigests, 'findAmong' | 'findById'>;
  }) {
    this.#digests = options.digests;
    this.#stored = options.stored;
  }

  /** @returns undefined for a secret that matches no key */
  async issue(secret: string, now: number): Promise<string | undefined> {
    const candidates = this.#digests.candidates(secret);
    const stored = await this.#stored.findAmong(candidates);
    if (!stored) return undefined;
    const { id, secret_digest } = stored;
    const expiresAt = String(now + KEY_PROOF_LIFETIME_MS);
    const signature = sign(secret_digest, id, expiresAt).toString('base64url');
    return `${id}.${expiresAt}.${signature}`;
  }

  /** @returns the id of the key; undefined for a proof that has expired, or was not issued by this plugin */
  async check(proof: string, now: number): Promise<string | undefined> {
    const [, id, expiresAt, signature] = PROOF.exec(proof) ?? [];
    if (id === undefined || now >= Number(expiresAt)) return undefined;
    const stored = await this.#stored.findById(id);
    if (!stored) return undefined;
    const expected = sign(stored.secret_digest, id, expiresAt);
    const given = Buffer.from(signature, 'base64url');
    return timingSafeEqual(expected, given) ? id : undefined;
  }
}

function sign(digest: string, id: string, expiresAt: string): Buffer {
  return createHmac('sha256', digest)
    .update(`${PURPOSE} ${id} ${expiresAt}`)
    .digest();
}
