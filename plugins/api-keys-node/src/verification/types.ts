import {
  ApiKeyDenialReason,
  ApiKeyRestrictions,
} from 'backstage-plugin-api-keys-common';
import { TokenBindingStore } from './KeyBinding';

/**
 * An accepted key, with the fields that the rest of the backend needs.
 *
 * @public
 */
export type VerifiedApiKey = ApiKeyRestrictions & {
  id: string;
  /** The entity ref that may manage the key. */
  owner: string;
  /** The entity ref that a request with the key acts as. */
  subject: string;
  /** True if its next use ends its predecessor. */
  endsPredecessor: boolean;
  /** Rotation family, whose keys share one rate limit, so that a key cannot reset its limit by rotating itself. */
  familyId?: string;
  /** Creation time, in milliseconds since 1970. */
  issuedAt: number;
  /**
   * Current expiry in milliseconds since 1970: the expiry of the key or, after a rotation, the end of the overlap. Left out if
   * the key never expires.
   */
  endsAt?: number;
  /** Networks (CIDR) from which the key is accepted; left out if any. */
  allowedIps?: readonly string[];
  /** Scopes for services outside of Backstage; left out if none. */
  scopes?: readonly string[];
  /** Entity refs to which the ownership of the subject is limited; left out if there is no limit. */
  ownershipCap?: readonly string[];
};

/**
 * Outcome of a verification. A key that is not accepted is an outcome; errors mean that the verification itself failed.
 *
 * @public
 */
export type VerificationOutcome =
  | { accepted: true; key: VerifiedApiKey }
  | {
      accepted: false;
      /** A sentence for the holder of the secret, without a full stop. */
      reason: string;
      /** Id of the key that the secret belongs to; undefined if there is none. */
      keyId?: string;
    };

/**
 * A use of a key.
 *
 * @public
 */
export type ApiKeyUse = {
  /** The id of the plugin that accepted it. */
  plugin: string;
  /** As `parseAddress` returns it. */
  ip?: string;
  userAgent?: string;
  /** Number of uses; 1 if left out. */
  count?: number;
  /** Time of the latest use, in milliseconds since 1970; now if left out. */
  at?: number;
};

/**
 * Verifies keys, and finds the keys that user tokens were issued for. Implemented by the `api-keys` plugin.
 *
 * @public
 */
export interface ApiKeyVerifier extends TokenBindingStore {
  /**
   * @param attempt - the use that the secret was presented for; without it, the verification does not count as an attempt
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  verify(secret: string, attempt?: ApiKeyUse): Promise<VerificationOutcome>;

  /**
   * Verifies a key by id, for a request with a user token of the key instead of its secret.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  verifyById(id: string): Promise<VerificationOutcome>;

  /**
   * Issues a proof that a process holds the secret of a key. The proof is valid for a minute, for this key only, in the auth
   * plugin's exchange, which does not receive the secret.
   *
   * @returns undefined for a secret that belongs to no key
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  issueProof(secret: string): Promise<string | undefined>;

  /**
   * Verifies the current state of the key of a proof.
   *
   * @returns undefined for a proof that has expired or was not issued by this installation
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  redeemProof(proof: string): Promise<VerificationOutcome | undefined>;

  /**
   * Verifies an accepted key again once the ownership of its owner is known, since a group of the owner may have a stricter policy.
   *
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  verifyOwned(
    key: VerifiedApiKey,
    ownershipEntityRefs: readonly string[],
  ): Promise<VerificationOutcome>;

  /**
   * Records a use of a key that {@link ApiKeyVerifier.verify} accepted. The first use of a key that replaced another one ends
   * the other one in the database; every other use is recorded without waiting.
   *
   * @returns an outcome that is not accepted if the key has ended in the meantime
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  use(key: VerifiedApiKey, use: ApiKeyUse): Promise<VerificationOutcome>;

  /**
   * Returns the milliseconds for which another process may cache an outcome, so that it also refuses a revoked key within
   * `apiKeys.verification.maxStaleness`. Returns 0 for an outcome that must not be cached.
   */
  keepFor(outcome: VerificationOutcome): number;

  /** Records that a valid key was denied, without waiting. */
  refused(
    key: VerifiedApiKey,
    attempt: ApiKeyUse,
    reason: ApiKeyDenialReason,
  ): void;
}
