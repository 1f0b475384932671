import { apiKeyIntrospectPermission } from 'backstage-plugin-api-keys-common';
import {
  ApiKeyVerifier,
  findDenial,
  RequestLimits,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';
import { AccessSeeker, AdminAccess } from './AdminAccess';

const PLUGIN_ID = 'api-keys';

/** Tells services outside of Backstage about the keys that are presented to them. */
export class Introspection {
  readonly #verifier: ApiKeyVerifier;
  readonly #limits: RequestLimits;
  readonly #access: AdminAccess;

  constructor(options: {
    verifier: ApiKeyVerifier;
    limits: RequestLimits;
    access: AdminAccess;
  }) {
    this.#verifier = options.verifier;
    this.#limits = options.limits;
    this.#access = options.access;
  }

  /** @throws NotAllowedError for whoever may not ask */
  async requirePermitted(caller: AccessSeeker): Promise<void> {
    await this.#access.require(caller, apiKeyIntrospectPermission);
  }

  /**
   * Uses the key of a secret that was presented to a service.
   *
   * @param clientIp - where it was presented from, as `parseAddress` returns it
   * @returns undefined unless it is accepted there
   * @throws {@link ApiKeyRateLimitError} for a key that is used too often
   * @throws {@link ApiKeyVerificationUnavailableError} when that cannot be told right now
   */
  async use(
    secret: string,
    clientIp: string | undefined,
  ): Promise<VerifiedApiKey | undefined> {
    // Refusals are no failures of an address: only that of the service is known for sure, and it presents everybody's.
    const attempt = { plugin: PLUGIN_ID, ip: clientIp };
    const outcome = await this.#verifier.verify(secret, attempt);
    if (!outcome.accepted) return undefined;
    const { key } = outcome;
    const denial = findDenial(key, {
      client: { ip: clientIp },
      // The service knows which scopes it requires, so that any scope of the key will do here.
      requiredScopes: key.scopes ?? [],
    });
    if (denial) {
      this.#verifier.refused(key, attempt, denial.reason);
      return undefined;
    }
    await this.#limits.countRequest(key);
    const used = await this.#verifier.use(key, attempt);
    return used.accepted ? used.key : undefined;
  }
}
