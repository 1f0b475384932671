import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { tokenTypes } from '@backstage/plugin-auth-node';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { ApiKeyVerificationUnavailableError } from '../errors';
import { VerifiedApiKey } from '../verification/types';

/**
 * Which key a token was minted for, and who it acts as. A key may have been transferred since.
 *
 * @public
 */
export type MintedFor = Pick<VerifiedApiKey, 'id' | 'subject'>;

/**
 * Knows which Backstage user tokens were minted for which key.
 *
 * A user token cannot carry the key's id: after one hop it is cut down to subject, issue time and expiry. What stays the
 * same on every hop is the signature of that limited form, and with ES256, which is randomised, no two tokens share it.
 * A token is known by the signature's first 32 bytes (`r`): other spellings of the same signature that still verify,
 * such as (r, n-s) or another last base64url character, leave these as they are.
 *
 * @public
 */
export class MintedTokens {
  readonly #keys = new Map<string, MintedFor & { expiresAt: number }>();
  /** The same credentials serve many requests of a key. Everybody else's serve one, and are not remembered. */
  readonly #ofCredentials = new WeakMap<BackstageCredentials, MintedFor>();
  #nextSweep = 0;

  /**
   * Remembers that a full or limited user token was minted for a key, until the token expires.
   *
   * @throws Error if the token's signature cannot tell keys apart
   * @throws {@link ApiKeyVerificationUnavailableError} if the key was transferred while the token was minted, which then acts
   * as somebody else than was expected
   */
  register(token: string, { id: keyId, subject }: MintedFor): void {
    const { alg } = decodeProtectedHeader(token);
    if (alg !== 'ES256') {
      throw new Error(
        `API keys need user tokens that are signed with ES256, and the auth plugin signs with ${alg}; remove auth.identityTokenAlgorithm and auth.keyStore settings that change it`,
      );
    }
    const id = signatureIdOf(token);
    const { exp } = decodeJwt(token);
    if (!id || !exp) {
      throw new Error('The auth plugin issued a user token of unknown form');
    }
    const known = this.#keys.get(id);
    if (known && known.id !== keyId) {
      throw new Error('Two user tokens of different keys have one signature');
    }
    if (known && known.subject !== subject) {
      throw new ApiKeyVerificationUnavailableError();
    }
    this.#sweep();
    this.#keys.set(id, { id: keyId, subject, expiresAt: exp * 1000 });
  }

  /** Whether no token is known, so that none needs to be looked at. */
  get isEmpty(): boolean {
    return this.#keys.size === 0;
  }

  /** The key that a full or limited user token was minted for. */
  keyOf(token: string): MintedFor | undefined {
    if (this.isEmpty) return undefined;
    const id = signatureIdOf(token);
    return id === undefined ? undefined : this.#keys.get(id);
  }

  /** The key that the token within credentials was minted for. */
  async ofCredentials(
    credentials: BackstageCredentials,
    auth: AuthService,
  ): Promise<MintedFor | undefined> {
    if (this.isEmpty || !auth.isPrincipal(credentials, 'user'))
      return undefined;
    const known = this.#ofCredentials.get(credentials);
    if (known) return known;
    const minted = this.keyOf(
      (await auth.getLimitedUserToken(credentials)).token,
    );
    if (minted) this.#ofCredentials.set(credentials, minted);
    return minted;
  }

  /** Forgets expired tokens, at most once a minute. */
  #sweep() {
    const now = Date.now();
    if (now < this.#nextSweep) return;
    this.#nextSweep = now + 60_000;
    for (const [id, { expiresAt }] of this.#keys) {
      if (expiresAt <= now) this.#keys.delete(id);
    }
  }
}

/** Identifies a user token by the signature of its limited form; undefined for anything that is no user token. */
function signatureIdOf(token: string): string | undefined {
  const signature = limitedSignatureOf(token);
  return signature === undefined
    ? undefined
    : Buffer.from(signature, 'base64url').subarray(0, 32).toString('base64url');
}

function limitedSignatureOf(token: string): string | undefined {
  try {
    const { typ } = decodeProtectedHeader(token);
    if (typ === tokenTypes.user.typParam) {
      // `uip` (user identity proof) is the signature that the token will have once it is limited.
      const { uip } = decodeJwt(token);
      return typeof uip === 'string' ? uip : undefined;
    }
    if (typ === tokenTypes.limitedUser.typParam) {
      return token.slice(token.lastIndexOf('.') + 1);
    }
  } catch {
    // Not a JWT at all.
  }
  return undefined;
}
