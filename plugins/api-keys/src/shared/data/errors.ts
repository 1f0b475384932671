import { isError, ResponseError } from '@backstage/errors';

/**
 * Returns true for an error response of the backend. Compares by name, since an app can bundle several copies of the
 * class.
 */
export function isResponseError(error: Error): error is ResponseError {
  return error.name === 'ResponseError';
}

/** Returns true for a missing permission. */
export function isNotAllowed(error: Error): boolean {
  return isResponseError(error) && error.statusCode === 403;
}

/** Returns true for a 404 of the backend. */
export function isNotFound(error: Error): boolean {
  return isResponseError(error) && error.statusCode === 404;
}

/** Returns true if there was no response, for which `fetch` throws a TypeError. */
export function isUnreachable(error: Error): boolean {
  return error.name === 'TypeError';
}

/**
 * Returns true for a response that is not from the backend. Compares by name, since an app can bundle several copies of
 * the class.
 */
export function isUnexpectedAnswer(error: Error): boolean {
  return error.name === 'UnexpectedAnswerError';
}

/** Converts a thrown value to an error. */
export function toError(thrown: unknown): Error {
  return isError(thrown) ? thrown : new Error(String(thrown));
}
