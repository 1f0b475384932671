import { AuthService } from '@backstage/backend-plugin-api';
import { InputError, NotImplementedError } from '@backstage/errors';
import {
  AuthProviderRouteHandlers,
  AuthResolverContext,
  BackstageSignInResult,
  ClientAuthResponse,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import type { Request, Response } from 'express';
import {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_REFUSED_ERROR_NAME,
  ApiKeyRuntime,
  ApiKeysService,
  neverKeep,
  OwnershipResolver,
  requirePluginToken,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';

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
  readonly #resolverContext: AuthResolverContext;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    apiKeys: ApiKeysService;
    auth: AuthService;
    resolverContext: AuthResolverContext;
    runtime: ApiKeyRuntime;
  }) {
    this.#apiKeys = options.apiKeys;
    this.#auth = options.auth;
    this.#resolverContext = options.resolverContext;
    this.#runtime = options.runtime;
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
    const outcome = await this.#apiKeys.verify(secret);
    if (!outcome.accepted) throw new ExchangeRefusedError(outcome.reason);

    const { key } = outcome;
    const result = await this.#signIn(key);
    const backstageIdentity = prepareBackstageIdentityResponse(result);
    const { ownershipEntityRefs } = backstageIdentity.identity;
    const stillGood = await this.#runtime.verifier.verifyOwned(
      key,
      ownershipEntityRefs,
    );
    if (!stillGood.accepted) throw new ExchangeRefusedError(stillGood.reason);

    await this.#runtime.tokenKeys.bind(result.token, {
      id: key.id,
      subject: key.subject,
      ownershipEntityRefs,
    });
    const response: ClientAuthResponse<object> = {
      providerInfo: {},
      profile: {},
      backstageIdentity,
    };
    res.json(response);
  }

  /** What a user owns as of now; nothing for a user who has left the catalog. */
  readonly ownershipOf: OwnershipResolver = async userEntityRef => {
    try {
      const { entity } = await this.#resolverContext.findCatalogUser({
        entityRef: userEntityRef,
      });
      const { ownershipEntityRefs } =
        await this.#resolverContext.resolveOwnershipEntityRefs(entity);
      return ownershipEntityRefs;
    } catch (error) {
      if (isNotFound(error)) return [];
      throw error;
    }
  };

  async #signIn({ subject }: VerifiedApiKey): Promise<BackstageSignInResult> {
    try {
      return subject.startsWith('group:')
        ? await this.#signInAsGroup(subject)
        : await this.#resolverContext.signInWithCatalogUser({
            entityRef: subject,
          });
    } catch (error) {
      // Any other error, such as a catalog that is down, says nothing about the key.
      if (isNotFound(error)) {
        throw new ExchangeRefusedError(
          `The API key acts as ${subject}, who is not in the catalog`,
        );
      }
      throw error;
    }
  }

  /** A group owns what belongs to itself, and nothing that belongs to a member or to another group. */
  async #signInAsGroup(subject: string): Promise<BackstageSignInResult> {
    await this.#resolverContext.findCatalogUser({ entityRef: subject });
    return this.#resolverContext.issueToken({
      claims: { sub: subject, ent: [subject] },
    });
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotFoundError';
}
