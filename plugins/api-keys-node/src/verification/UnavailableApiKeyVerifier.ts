import { ApiKeyVerificationUnavailableError } from './errors';
import { ApiKeyVerifier } from './types';

async function unavailable(): Promise<never> {
  throw new ApiKeyVerificationUnavailableError();
}

/**
 * Placeholder until the plugin `api-keys` has started: every question fails with 503, also whether the token of a session is that of
 * a key.
 */
export class UnavailableApiKeyVerifier implements ApiKeyVerifier {
  readonly verify = unavailable;
  readonly verifyById = unavailable;
  readonly verifyOwned = unavailable;
  readonly issueProof = unavailable;
  readonly redeemProof = unavailable;
  readonly use = unavailable;
  readonly bindToken = unavailable;
  readonly findTokenBinding = unavailable;

  keepFor(): number {
    return 0;
  }

  refused(): void {}
}
