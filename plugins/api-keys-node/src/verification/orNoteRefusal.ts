import {
  ApiKeyTurnedAwayReason,
  ApiKeyUse,
  ApiKeyVerifier,
  VerifiedApiKey,
} from './types';

/** Applies a rule to a good key, and notes it where the rule turns the key away. */
export function orNoteRefusal(
  verifier: ApiKeyVerifier,
  key: VerifiedApiKey,
  attempt: ApiKeyUse,
  reason: ApiKeyTurnedAwayReason,
  rule: () => void,
): void {
  try {
    rule();
  } catch (error) {
    verifier.refused(key, attempt, reason);
    throw error;
  }
}
