import { isError, ResponseError } from '@backstage/errors';

/** Whether the backend answered, and refused. By name, since an app may carry several copies of the class. */
export function isResponseError(error: Error): error is ResponseError {
  return error.name === 'ResponseError';
}

/** Whether the backend refused for lack of permission. */
export function isNotAllowed(error: Error): boolean {
  return isResponseError(error) && error.statusCode === 403;
}

/** Whether there is no such thing, says the backend. */
export function isNotFound(error: Error): boolean {
  return isResponseError(error) && error.statusCode === 404;
}

/** Whether there was no answer at all: that is what `fetch` throws then. */
export function isUnreachable(error: Error): boolean {
  return error.name === 'TypeError';
}

/** Returns whether the answer was not one of the backend. By name, since an app may carry several copies of the class. */
export function isUnexpectedAnswer(error: Error): boolean {
  return error.name === 'UnexpectedAnswerError';
}

/** Whatever was thrown, as an error. */
export function toError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(String(thrown));
}
