import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * What is left of a limit on requests.
 *
 * @public
 */
export type RequestQuota = {
  limit: number;
  remaining: number;
  /** In whole seconds. */
  resetsIn: number;
};

/**
 * A request carried an API key that is not accepted. Answered as 401 with the message as RFC 6750's `error_description`,
 * so the message must be safe to show to whoever sent the key.
 *
 * @public
 */
export class ApiKeyRefusedError extends AuthenticationError {
  // Private, so that it does not end up in answers and logs.
  readonly #keyId: string | undefined;

  /** @param keyId - the key that the secret is of, if there is one */
  constructor(message: string, keyId?: string) {
    super(message);
    this.#keyId = keyId;
  }

  get keyId(): string | undefined {
    return this.#keyId;
  }
}

/**
 * A good API key was used for something that it is not for. Answered as 403 with RFC 6750's `insufficient_scope`.
 *
 * @public
 */
export class ApiKeyScopeError extends NotAllowedError {
  // Private, so that it does not end up in answers and logs.
  readonly #scopes: readonly string[];

  /** @param scopes - those that the request takes, if it is for them that it is refused */
  constructor(message: string, scopes: readonly string[] = []) {
    super(message);
    this.#scopes = scopes;
  }

  get scopes(): readonly string[] {
    return this.#scopes;
  }
}

/**
 * A key, or somebody without one, asks too often. Answered as 429 with `Retry-After`.
 *
 * @public
 */
export class ApiKeyRateLimitError extends Error {
  readonly name = 'TooManyRequestsError';
  readonly statusCode = 429;
  // Private, so that it does not end up in answers and logs.
  readonly #quota: RequestQuota;

  constructor(message: string, quota: RequestQuota) {
    super(message);
    this.#quota = quota;
  }

  get quota(): RequestQuota {
    return this.#quota;
  }
}

/**
 * Whether a key is good cannot be told right now. Answered as 503 with `Retry-After`, never as 401: on a 401, clients
 * throw good credentials away.
 *
 * @public
 */
export class ApiKeyVerificationUnavailableError extends ServiceUnavailableError {
  constructor() {
    super('API keys cannot be verified right now, try again shortly');
  }
}
