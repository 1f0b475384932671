import { ApiKeyRefusedError } from '../errors';
import { KeyBinding } from '../tokens/TokenKeyRegistry';
import { ApiKeyVerifier, VerificationOutcome, VerifiedApiKey } from './types';

/** @throws {@link ApiKeyRefusedError} with the reason, for a key that is not accepted */
export function acceptedKey(outcome: VerificationOutcome): VerifiedApiKey {
  if (outcome.accepted) return outcome.key;
  throw new ApiKeyRefusedError(outcome.reason, outcome.keyId);
}

/**
 * The key that a user token was issued for, as it is now.
 *
 * @throws {@link ApiKeyRefusedError} for a key that has ended since, or acts as somebody else by now
 */
export async function findBoundKey(
  { id, subject }: KeyBinding,
  verifier: ApiKeyVerifier,
): Promise<VerifiedApiKey> {
  const key = acceptedKey(await verifier.verifyById(id));
  if (key.subject === subject) return key;
  throw new ApiKeyRefusedError(
    `The API key of this token does not act as ${subject} any more`,
    id,
  );
}
