import {
  AuthenticationError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * Remaining quota of a rate limit.
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
 * Thrown for an API key that is not accepted. Answered as 401 with the message as RFC 6750's `error_description`, so the
 * message must be safe to show to the sender.
 *
 * @public
 */
export class ApiKeyRefusedError extends AuthenticationError {
  // Private, so that it does not end up in answers and logs.
  readonly #keyId: string | undefined;

  /** @param keyId - the key that the secret belongs to, if there is one */
  constructor(message: string, keyId?: string) {
    super(message);
    this.#keyId = keyId;
  }

  get keyId(): string | undefined {
    return this.#keyId;
  }
}

/**
 * Thrown when the restrictions of a valid API key do not cover a use. Answered as 403 with RFC 6750's `insufficient_scope`.
 *
 * @public
 */
export class ApiKeyScopeError extends NotAllowedError {
  // Private, so that it does not end up in answers and logs.
  readonly #scopes: readonly string[];

  /** @param scopes - the scopes that the request requires, if the key lacks some */
  constructor(message: string, scopes: readonly string[] = []) {
    super(message);
    this.#scopes = scopes;
  }

  get scopes(): readonly string[] {
    return this.#scopes;
  }
}

/**
 * Thrown when a key exceeds its rate limit, or an address fails too often. Answered as 429 with `Retry-After`.
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
 * Thrown when a key cannot be verified right now. Answered as 503 with `Retry-After`, never as 401: clients discard valid
 * credentials on a 401.
 *
 * @public
 */
export class ApiKeyVerificationUnavailableError extends ServiceUnavailableError {
  constructor() {
    super('API keys cannot be verified right now, try again shortly');
  }
}
