const RETRY_AFTER_SECONDS = 5;

/**
 * Thrown when a key cannot be verified right now, because the portal does not answer or denies requests of this service. The
 * key may be valid, so answer 503 and never 401: clients discard valid credentials on a 401.
 *
 * @public
 */
export class VerificationUnavailableError extends Error {
  readonly name = 'VerificationUnavailableError';
  /** Seconds after which to try again. */
  readonly retryAfter: number;

  constructor(
    message: string,
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfter = options.retryAfter ?? RETRY_AFTER_SECONDS;
  }
}
