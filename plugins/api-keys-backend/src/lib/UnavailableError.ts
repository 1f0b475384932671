import { ServiceUnavailableError } from '@backstage/errors';

/** Whether an operation that failed has changed anything, if it is one that changes something. */
export type ChangeOutcome = 'none' | 'unknown';

/** Sentences for the end of a message. */
const NOTES: Record<ChangeOutcome, string> = {
  none: 'Nothing was changed',
  unknown:
    'All or part of the change may have been made: repeat it if that does no harm, or else look first',
};

/**
 * Something that an operation depends on is away. Answered as 503 with `Retry-After`; for an operation that changes something,
 * `change` tells whether it has.
 */
export class UnavailableError extends ServiceUnavailableError {
  readonly change?: ChangeOutcome;
  // Private, so that it does not end up in answers: the message of a database error holds the statement.
  readonly #reason: unknown;

  /** @param message - one sentence, without a full stop at its end */
  constructor(
    message: string,
    options: { change?: ChangeOutcome; reason: unknown },
  ) {
    const { change, reason } = options;
    super(change ? `${message}. ${NOTES[change]}` : message);
    // Errors show all that they have in answers, also what is undefined.
    if (change) this.change = change;
    this.#reason = reason;
  }

  /** The error behind this one, for the log. */
  get reason(): unknown {
    return this.#reason;
  }
}
