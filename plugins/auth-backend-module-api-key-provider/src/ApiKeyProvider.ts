import { AuthService } from '@backstage/backend-plugin-api';
import {
  AuthenticationError,
  InputError,
  NotImplementedError,
} from '@backstage/errors';
import {
  AuthProviderRouteHandlers,
  ClientAuthResponse,
  prepareBackstageIdentityResponse,
} from '@backstage/plugin-auth-node';
import type { Request, Response } from 'express';
import {
  ApiKeyRefusedError,
  VerificationOutcome,
  VerifiedApiKey,
} from 'backstage-plugin-api-keys-node';
import {
  API_KEY_EXCHANGE_HEADER,
  API_KEY_PROOF_HEADER,
  API_KEY_REFUSED_ERROR_NAME,
  ApiKeyRuntime,
  canonicalEntityRef,
  KeyExchange,
  requirePluginToken,
  setNoStore,
  setRetryAfter,
} from 'backstage-plugin-api-keys-node/internal';

/** Thrown when the exchange refuses the key, which differs from refusing the call (401) and from failing (5xx). */
class ExchangeRefusedError extends Error {
  readonly name = API_KEY_REFUSED_ERROR_NAME;
  readonly statusCode = 403;
}

/**
 * Answers `POST /api/auth/api-key/refresh` like any auth provider, with the proof of a key in a custom header in place of a
 * session. Backends call it if the auth plugin runs in another backend.
 *
 * The auth plugin guards none of its routes, so this one guards itself: only plugins of the same installation may call,
 * and the user token that it returns never leaves the backend.
 */
export class ApiKeyProvider implements AuthProviderRouteHandlers {
  readonly #auth: AuthService;
  readonly #exchange: KeyExchange;
  readonly #runtime: ApiKeyRuntime;

  constructor(options: {
    auth: AuthService;
    exchange: KeyExchange;
    runtime: ApiKeyRuntime;
  }) {
    this.#auth = options.auth;
    this.#exchange = options.exchange;
    this.#runtime = options.runtime;
  }

  async start(): Promise<void> {
    throw new NotImplementedError('API keys are made on the API keys page');
  }

  async frameHandler(): Promise<void> {
    throw new NotImplementedError('API keys are made on the API keys page');
  }

  async refresh(req: Request, res: Response): Promise<void> {
    setNoStore(res);
    await requirePluginToken(req, this.#auth);
    try {
      const key = acceptedKey(await this.#verify(req));
      const { token, ownershipEntityRefs } = await this.#exchange(key);
      res.json(answerOf(key, token, ownershipEntityRefs));
    } catch (error) {
      if (error instanceof ApiKeyRefusedError) {
        throw new ExchangeRefusedError(error.message);
      }
      if (error instanceof Error && error.name === 'ServiceUnavailableError') {
        setRetryAfter(res);
      }
      throw error;
    }
  }

  /**
   * @throws AuthenticationError for a proof that is invalid or has expired. It reveals nothing about the key, so the holder is
   * asked to try again.
   */
  async #verify(req: Request): Promise<VerificationOutcome> {
    const { presented, verifier } = this.#runtime;
    const proof = req.header(API_KEY_PROOF_HEADER);
    if (proof) {
      const outcome = await verifier.redeemProof(proof);
      if (outcome) return outcome;
      throw new AuthenticationError('The proof of the API key is not valid');
    }
    // A backend of an earlier release sends the secret. A backend with a custom httpRouter does not remove it from the request.
    const secret =
      presented.get('auth')?.findExchangedSecret(req) ??
      req.header(API_KEY_EXCHANGE_HEADER);
    if (!secret) {
      throw new InputError(
        `The header ${API_KEY_PROOF_HEADER} or ${API_KEY_EXCHANGE_HEADER} is missing`,
      );
    }
    return verifier.verify(secret);
  }
}

function acceptedKey(outcome: VerificationOutcome): VerifiedApiKey {
  if (outcome.accepted) return outcome.key;
  throw new ExchangeRefusedError(outcome.reason);
}

function answerOf(
  { subject }: VerifiedApiKey,
  token: string,
  ownershipEntityRefs: string[],
): ClientAuthResponse<object> {
  const userEntityRef = canonicalEntityRef(subject);
  const backstageIdentity = prepareBackstageIdentityResponse({
    token,
    identity: { type: 'user', userEntityRef, ownershipEntityRefs },
  });
  return { providerInfo: {}, profile: {}, backstageIdentity };
}
