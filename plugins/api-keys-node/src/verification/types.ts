import {
  ApiKeyDenialReason,
  ApiKeyRestrictions,
} from 'backstage-plugin-api-keys-common';
import { TokenBindingStore } from '../tokens/TokenKeyRegistry';

/**
 * A key that was found to be accepted, as far as the rest of the backend needs to know it.
 *
 * @public
 */
export type VerifiedApiKey = ApiKeyRestrictions & {
  id: string;
  /** The entity ref that may manage the key. */
  owner: string;
  /** The entity ref that a request with the key acts as. */
  subject: string;
  /** Whether its next use is the one that ends its predecessor. */
  endsPredecessor: boolean;
  /** Its rotation family, whose keys share one rate limit: a key that rotates itself gets no other one. */
  familyId?: string;
  /** When it was made, in milliseconds since 1970. */
  issuedAt: number;
  /**
   * When it expires as things are, in milliseconds since 1970: at its own expiry or, once it is rotated, when the overlap ends. Left
   * out is never.
   */
  endsAt?: number;
  /** Networks (CIDR) that it may be presented from; left out is everywhere. */
  allowedIps?: readonly string[];
  /** What it is for in services outside of Backstage; left out is nothing. */
  scopes?: readonly string[];
  /** What it may own at most, whatever its subject owns; left out is no cap. */
  ownershipCap?: readonly string[];
};

/**
 * What became of a verification. A key that is not accepted is an outcome, not an error: errors are for a verification
 * that could not be made.
 *
 * @public
 */
export type VerificationOutcome =
  | { accepted: true; key: VerifiedApiKey }
  | {
      accepted: false;
      /** A sentence for the holder of the secret, without a full stop. */
      reason: string;
      /** The key that the secret is of; undefined if there is none. */
      keyId?: string;
    };

/**
 * How a key was used.
 *
 * @public
 */
export type ApiKeyUse = {
  /** The id of the plugin that accepted it. */
  plugin: string;
  /** As `parseAddress` returns it. */
  ip?: string;
  userAgent?: string;
  /** How many uses this stands for; one if left out. */
  count?: number;
  /** When it was, the last one of several, in milliseconds since 1970; now if left out. */
  at?: number;
};

/**
 * Tells which keys are accepted, and which user tokens were issued for keys. Implemented by the `api-keys` plugin.
 *
 * @public
 */
export interface ApiKeyVerifier extends TokenBindingStore {
  /**
   * @param attempt - what the secret was presented for; without it, this is only a look
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  verify(secret: string, attempt?: ApiKeyUse): Promise<VerificationOutcome>;

  /**
   * The same by id, for a request that carries what was once made for a key instead of its secret.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  verifyById(id: string): Promise<VerificationOutcome>;

  /**
   * Issues a proof that a process holds the secret of a key. It is good for this key alone, for a minute, and for the exchange of the auth
   * plugin, which does not get the secret.
   *
   * @returns undefined for a secret that belongs to no key
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  issueProof(secret: string): Promise<string | undefined>;

  /**
   * Verifies the key of a proof, as it is now.
   *
   * @returns undefined for a proof that has expired, or was not issued here
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  redeemProof(proof: string): Promise<VerificationOutcome | undefined>;

  /**
   * Judges an accepted key once more, now that it is known what its owner owns: a group of the owner may have a stricter
   * policy.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  verifyOwned(
    key: VerifiedApiKey,
    ownershipEntityRefs: readonly string[],
  ): Promise<VerificationOutcome>;

  /**
   * Uses a key that {@link ApiKeyVerifier.verify} accepted. The first use of a key that replaced another one ends that one,
   * in the database; every other use is only noted, without waiting for it.
   *
   * @returns not accepted if the key ended in the meantime
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  use(key: VerifiedApiKey, use: ApiKeyUse): Promise<VerificationOutcome>;

  /**
   * For how many milliseconds from now on another process may keep an outcome of this one, so that a revoked key is refused
   * there within `apiKeys.verification.maxStaleness` too. 0 for one that has to be asked for each time.
   */
  keepFor(outcome: VerificationOutcome): number;

  /** Notes that a good key was turned away, without waiting for it. */
  refused(
    key: VerifiedApiKey,
    attempt: ApiKeyUse,
    reason: ApiKeyDenialReason,
  ): void;
}
