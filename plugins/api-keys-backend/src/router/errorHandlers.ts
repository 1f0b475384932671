import { LoggerService } from '@backstage/backend-plugin-api';
import * as errors from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

/** The errors that are made for callers to read. */
const PUBLIC_ERRORS = new Set(
  [
    errors.InputError,
    errors.AuthenticationError,
    errors.NotAllowedError,
    errors.NotFoundError,
    errors.ConflictError,
    errors.ServiceUnavailableError,
  ].map(type => type.name),
);

/** The parser's own message quotes the body, which is nothing to repeat or to log. */
export const bodyErrorHandler: ErrorRequestHandler = (
  error,
  _req,
  _res,
  next,
) => {
  next(
    error.type === 'entity.parse.failed'
      ? new errors.InputError('The body is not valid JSON')
      : error,
  );
};

/** Express quotes the part of the path that it cannot decode. */
export const pathErrorHandler: ErrorRequestHandler = (
  error,
  _req,
  _res,
  next,
) => {
  next(
    error instanceof URIError
      ? new errors.NotFoundError('There is nothing at this path')
      : error,
  );
};

/** The message of a database error holds the statement and its values: that goes to the log, not into the answer. */
export const internalErrorHandler =
  (logger: LoggerService): ErrorRequestHandler =>
  (error, _req, _res, next) => {
    const isPublic = PUBLIC_ERRORS.has(error.name) || error.statusCode < 500;
    if (isPublic) {
      next(error);
      return;
    }
    logger.error('A request for API keys failed', error);
    next(new Error('Something went wrong, the log of the backend says what'));
  };
