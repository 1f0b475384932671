/**
 * Error of an operation with many changes that failed after some of them were made. The message, one sentence, says which;
 * `cause` says why.
 */
export class InterruptedChangeError extends Error {
  readonly name = 'InterruptedChangeError';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}
