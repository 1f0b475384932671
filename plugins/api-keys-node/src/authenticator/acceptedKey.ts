import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { ApiKeyRefusedError } from '../verification/errors';
import type { ApiKeyRuntime } from './ApiKeyRuntime';
import { KeyBinding } from '../verification/KeyBinding';
import {
  ApiKeyVerifier,
  VerificationOutcome,
  VerifiedApiKey,
} from '../verification/types';

/** @throws {@link ApiKeyRefusedError} with the reason, for a key that is not accepted */
export function acceptedKey(outcome: VerificationOutcome): VerifiedApiKey {
  if (outcome.accepted) return outcome.key;
  throw new ApiKeyRefusedError(outcome.reason, outcome.keyId);
}

/**
 * Returns the current state of the key that a user token was issued for.
 *
 * @throws {@link ApiKeyRefusedError} for a key that has ended since, or whose subject has changed
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

/**
 * Returns the current state of the key that credentials come from, and the binding of its user token.
 *
 * @returns undefined for credentials that come from no key
 * @throws {@link ApiKeyRefusedError} for a key that has ended since, or whose subject has changed
 * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
 */
export async function findKeyOfCredentials(
  credentials: BackstageCredentials,
  { auth, runtime }: { auth: AuthService; runtime: ApiKeyRuntime },
): Promise<{ key: VerifiedApiKey; binding: KeyBinding } | undefined> {
  const { tokenKeys, verifier } = runtime;
  const binding = await tokenKeys.bindingOfCredentials(credentials, auth);
  return binding && { key: await findBoundKey(binding, verifier), binding };
}
