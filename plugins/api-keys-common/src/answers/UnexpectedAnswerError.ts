/**
 * The backend, or what is in front of it, answered with something that is not what the API promises. It is not known whether the
 * request had an effect.
 *
 * @public
 */
export class UnexpectedAnswerError extends Error {
  readonly name = 'UnexpectedAnswerError';

  /** @param problem - what is wrong, without the answer itself, which may hold a secret */
  constructor(problem: string) {
    super(`The answer is not one of the API of API keys: ${problem}`);
  }
}
