import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  InputError,
  isError,
  NotImplementedError,
  ServiceUnavailableError,
  toError,
} from '@backstage/errors';
import {
  AuthProviderRouteHandlers,
  ClientAuthResponse,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import type { Request, Response } from 'express';
import {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_REFUSED_ERROR_NAME,
  ApiKeyRuntime,
  ApiKeysService,
  ApiKeyVerificationUnavailableError,
  canonicalEntityRef,
  effectiveOwnership,
  neverKeep,
  requirePluginToken,
  setRetryAfter,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';
import { KeyTokenIssuer } from './KeyTokenIssuer';
import { SubjectOwnership } from './SubjectOwnership';

/** Refuses the key in the exchange, which is something else than refusing the call (401) or failing (5xx). */
class ExchangeRefusedError extends Error {
  readonly name = API_KEY_REFUSED_ERROR_NAME;
  readonly statusCode = 403;
}

/**
 * Answers `POST /api/auth/api-key/refresh` as any auth provider does, with the key in a header of its own in the place of
 * a session.
 *
 * The auth plugin guards none of its routes, so this one guards itself: only plugins of the same installation may call,
 * and the user token that it returns never leaves the backend.
 */
export class ApiKeyProvider implements AuthProviderRouteHandlers {
  readonly #apiKeys: ApiKeysService;
  readonly #auth: AuthService;
  readonly #issuer: KeyTokenIssuer;
  readonly #ownership: SubjectOwnership;
  readonly #runtime: ApiKeyRuntime;
  readonly #logger: LoggerService;

  constructor(options: {
    apiKeys: ApiKeysService;
    auth: AuthService;
    issuer: KeyTokenIssuer;
    ownership: SubjectOwnership;
    runtime: ApiKeyRuntime;
    logger: LoggerService;
  }) {
    this.#apiKeys = options.apiKeys;
    this.#auth = options.auth;
    this.#issuer = options.issuer;
    this.#ownership = options.ownership;
    this.#runtime = options.runtime;
    this.#logger = options.logger;
  }

  async start(): Promise<void> {
    throw new NotImplementedError('API keys are made on the API keys page');
  }

  async frameHandler(): Promise<void> {
    throw new NotImplementedError('API keys are made on the API keys page');
  }

  async refresh(req: Request, res: Response): Promise<void> {
    neverKeep(res);
    await requirePluginToken(req, this.#auth);

    // A backend with an httpRouter of its own leaves it where it is.
    const secret =
      this.#runtime.exchangedSecrets.get(req) ??
      req.header(API_KEY_EXCHANGE_HEADER);
    if (!secret) {
      throw new InputError(`The header ${API_KEY_EXCHANGE_HEADER} is missing`);
    }
    try {
      res.json(await this.#exchange(secret));
    } catch (error) {
      if (error instanceof ExchangeRefusedError) throw error;
      setRetryAfter(res);
      if (isError(error) && error.name === 'ServiceUnavailableError')
        throw error;
      // The database of the auth plugin, say, which keeps what tokens are signed with. The key may be good.
      this.#logger.error(
        'Could not issue a token for an API key',
        toError(error),
      );
      throw new ApiKeyVerificationUnavailableError();
    }
  }

  async #exchange(secret: string): Promise<ClientAuthResponse<object>> {
    const outcome = await this.#apiKeys.verify(secret);
    if (!outcome.accepted) throw new ExchangeRefusedError(outcome.reason);

    const { key } = outcome;
    const ownershipEntityRefs = await this.#findOwnership(key);
    const sub = canonicalEntityRef(key.subject);
    const token = await this.#issuer.issue({ sub, ent: ownershipEntityRefs });
    const { id, subject } = key;
    const binding = { id, subject, ownershipEntityRefs };
    await this.#runtime.tokenKeys.bind(token, binding);
    const backstageIdentity = prepareBackstageIdentityResponse({
      token,
      identity: { type: 'user', userEntityRef: sub, ownershipEntityRefs },
    });
    return { providerInfo: {}, profile: {}, backstageIdentity };
  }

  /**
   * Finds what a key owns now: what its subject owns, within the cap of the key.
   *
   * @throws ExchangeRefusedError for a key whose subject is not there, and for one that ended in the meantime
   */
  async #findOwnership({ subject, ...key }: VerifiedApiKey): Promise<string[]> {
    const owned = await this.#ownership.resolve(subject);
    if (!owned) {
      throw new ExchangeRefusedError(
        `The API key acts as ${subject}, who is not in the catalog`,
      );
    }
    // Policies of groups hold for all groups of the owner, also for those that the key does not act for.
    const outcome = await this.#runtime.verifier.verifyOwned(
      { ...key, subject },
      owned,
    );
    if (!outcome.accepted) throw new ExchangeRefusedError(outcome.reason);
    if (outcome.key.subject !== subject) {
      throw new ServiceUnavailableError(
        'The API key was transferred in the meantime',
      );
    }
    return effectiveOwnership(owned, outcome.key.ownershipCap);
  }
}
