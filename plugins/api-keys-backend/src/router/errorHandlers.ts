import { LoggerService } from '@backstage/backend-plugin-api';
import * as errors from '@backstage/errors';
import type { ErrorRequestHandler } from 'express';

const RETRY_AFTER_SECONDS = 5;

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

/** What Express says of a request that it cannot read quotes the request, which is nothing to repeat or to log. */
export const requestErrorHandler: ErrorRequestHandler = (
  error,
  _req,
  _res,
  next,
) => {
  if (error.type === 'entity.parse.failed') {
    next(new errors.InputError('The body is not valid JSON'));
  } else if (error.statusCode === 415) {
    next(new errors.InputError(`The body cannot be read: ${error.message}`));
  } else if (error instanceof URIError) {
    next(new errors.NotFoundError('There is nothing at this path'));
  } else {
    next(error);
  }
};

/** The message of a database error holds the statement and its values: that goes to the log, not into the answer. */
export const internalErrorHandler =
  (logger: LoggerService): ErrorRequestHandler =>
  (error, _req, res, next) => {
    if (error.name === 'ServiceUnavailableError') {
      res.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
    }
    const isPublic = PUBLIC_ERRORS.has(error.name) || error.statusCode < 500;
    if (isPublic) {
      next(error);
      return;
    }
    logger.error('A request for API keys failed', error);
    next(new Error('Something went wrong, the log of the backend says what'));
  };
