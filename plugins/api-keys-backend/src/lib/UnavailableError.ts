import { ServiceUnavailableError } from '@backstage/errors';

/** Effect of a failed operation: nothing was changed, or it is unknown whether something was. */
export type ChangeOutcome = 'none' | 'unknown';

/** Sentences that end the message. */
const NOTES: Record<ChangeOutcome, string> = {
  none: 'Nothing was changed',
  unknown:
    'All or part of the change may have been made: repeat it if that does no harm, or else look first',
};

/** Error for an unavailable dependency, answered as 503 with `Retry-After`. `change` is set for operations that change something. */
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
    // Errors serialize all their own fields, also undefined ones.
    if (change) this.change = change;
    this.#reason = reason;
  }

  /** Original error, for the log. */
  get reason(): unknown {
    return this.#reason;
  }
}
