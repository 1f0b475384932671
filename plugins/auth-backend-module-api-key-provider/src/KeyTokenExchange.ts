import { LoggerService } from '@backstage/backend-plugin-api';
import { isError, ServiceUnavailableError, toError } from '@backstage/errors';
import {
  ApiKeyRefusedError,
  ApiKeyVerificationUnavailableError,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';
import {
  ApiKeyRuntime,
  canonicalEntityRef,
  effectiveOwnership,
  ExchangedToken,
  KeyExchange,
} from 'backstage-plugin-api-keys-node/internal';
import { KeyTokenIssuer } from './KeyTokenIssuer';
import { SubjectOwnership } from './SubjectOwnership';

/** Issues user tokens for keys, each bound to its key. */
export class KeyTokenExchange {
  readonly #issuer: KeyTokenIssuer;
  readonly #ownership: SubjectOwnership;
  readonly #runtime: ApiKeyRuntime;
  readonly #logger: LoggerService;

  constructor(options: {
    issuer: KeyTokenIssuer;
    ownership: SubjectOwnership;
    runtime: ApiKeyRuntime;
    logger: LoggerService;
  }) {
    this.#issuer = options.issuer;
    this.#ownership = options.ownership;
    this.#runtime = options.runtime;
    this.#logger = options.logger;
  }

  /**
   * Issues the user token of an accepted key, unless the key has ended in the meantime.
   *
   * @throws {@link ApiKeyRefusedError} for a key whose subject does not exist, and for a key that is no longer accepted
   * @throws ServiceUnavailableError for every other failure, which is logged unless it says so itself
   */
  readonly exchange: KeyExchange = async key => {
    try {
      return await this.#exchange(key);
    } catch (error) {
      const isExpected =
        error instanceof ApiKeyRefusedError ||
        (isError(error) && error.name === 'ServiceUnavailableError');
      if (isExpected) throw error;
      // The database of the auth plugin, say, which keeps what tokens are signed with. The key may be good.
      this.#logger.error(
        'Could not issue a token for an API key',
        toError(error),
      );
      throw new ApiKeyVerificationUnavailableError();
    }
  };

  async #exchange(key: VerifiedApiKey): Promise<ExchangedToken> {
    const ownershipEntityRefs = await this.#findOwnership(key);
    const { id, subject } = key;
    const sub = canonicalEntityRef(subject);
    const token = await this.#issuer.issue({ sub, ent: ownershipEntityRefs });
    const binding = { id, subject, ownershipEntityRefs };
    await this.#runtime.tokenKeys.bind(token, binding);
    return { token, ownershipEntityRefs };
  }

  /**
   * Finds what a key owns now: what its subject owns, within the cap of the key.
   *
   * @throws {@link ApiKeyRefusedError} for a key whose subject is not there, and for one that ended in the meantime
   */
  async #findOwnership({ subject, ...key }: VerifiedApiKey): Promise<string[]> {
    const owned = await this.#ownership.resolve(subject);
    if (!owned) {
      throw new ApiKeyRefusedError(
        `The API key acts as ${subject}, who is not in the catalog`,
      );
    }
    // Policies of groups hold for all groups of the owner, also for those that the key does not act for.
    const outcome = await this.#runtime.verifier.verifyOwned(
      { ...key, subject },
      owned,
    );
    if (!outcome.accepted) throw new ApiKeyRefusedError(outcome.reason);
    if (outcome.key.subject !== subject) {
      throw new ServiceUnavailableError(
        'The API key was transferred in the meantime',
      );
    }
    return effectiveOwnership(owned, outcome.key.ownershipCap);
  }
}
