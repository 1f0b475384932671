import { apiKeyIntrospectPermission } from 'backstage-plugin-api-keys-common';
import { VerifiedApiKey } from 'backstage-plugin-api-keys-node';
import {
  ApiKeyVerifier,
  findDenial,
  RequestLimits,
} from 'backstage-plugin-api-keys-node/internal';
import { AccessSeeker, AdminAccess } from './AdminAccess';

const PLUGIN_ID = 'api-keys';

/** Verifies keys for services outside of Backstage. */
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

  /** @throws NotAllowedError for a caller without the permission */
  async requirePermitted(caller: AccessSeeker): Promise<void> {
    await this.#access.require(caller, apiKeyIntrospectPermission);
  }

  /**
   * Uses the key of a secret that was presented to a service.
   *
   * @param clientIp - address of the service's client, as returned by `parseAddress`
   * @returns undefined unless the key is accepted for that client
   * @throws {@link ApiKeyRateLimitError} for a key that is used too often
   * @throws {@link ApiKeyVerificationUnavailableError} if the key cannot be verified right now
   */
  async use(
    secret: string,
    clientIp: string | undefined,
  ): Promise<VerifiedApiKey | undefined> {
    // Rejected keys do not count as failures of an address: only the service's own address is certain, and it presents keys of
    // many clients.
    const attempt = { plugin: PLUGIN_ID, ip: clientIp };
    const outcome = await this.#verifier.verify(secret, attempt);
    if (!outcome.accepted) return undefined;
    const { key } = outcome;
    const denial = findDenial(key, {
      client: { ip: clientIp },
      // The service checks its required scopes itself, so any scope of the key is sufficient here.
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
