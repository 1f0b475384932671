const RETRY_AFTER_SECONDS = 5;

/**
 * Whether a key is good cannot be told right now: the portal is away, or takes no questions from this service. Nothing is known
 * of the key, so answer 503 and never 401: on a 401, clients throw good credentials away.
 *
 * @public
 */
export class VerificationUnavailableError extends Error {
  readonly name = 'VerificationUnavailableError';
  /** When to try again: in so many seconds. */
  readonly retryAfter: number;

  constructor(
    message: string,
    options: { retryAfter?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.retryAfter = options.retryAfter ?? RETRY_AFTER_SECONDS;
  }
}
