import { ApiKeyVerificationUnavailableError } from '../errors';
import { ApiKeyVerifier } from './types';

async function unavailable(): Promise<never> {
  throw new ApiKeyVerificationUnavailableError();
}

/** Stands in until the `api-keys` plugin has started. Whoever comes without a key never notices. */
export class UnavailableApiKeyVerifier implements ApiKeyVerifier {
  readonly verify = unavailable;
  readonly verifyById = unavailable;
  readonly verifyOwned = unavailable;
  readonly use = unavailable;

  keepFor(): number {
    return 0;
  }

  refused(): void {}
}
