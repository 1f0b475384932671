/** An operation of many changes failed after some of them were made. Its message, one sentence, says which; its cause says why. */
export class InterruptedChangeError extends Error {
  readonly name = 'InterruptedChangeError';

  constructor(message: string, cause: unknown) {
    super(message, { cause });
  }
}
