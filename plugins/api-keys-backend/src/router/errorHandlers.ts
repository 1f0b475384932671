import { LoggerService } from '@backstage/backend-plugin-api';
import * as errors from '@backstage/errors';
import {
  ApiKeyRateLimitError,
  redactSecrets,
  setRetryAfter,
} from 'backstage-plugin-api-keys-node';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { redact } from '../lib/redact';
import { UnavailableError } from '../lib/UnavailableError';
import { explainUnavailability } from '../service/unavailability';

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

/**
 * Redacts the URL that Backstage logs, audits and repeats in the answers to refused requests. Routes read the one that was
 * sent, which the last error handler redacts, too.
 */
export const redactUrl: RequestHandler = (req, _res, next) => {
  req.originalUrl = redactSecrets(req.originalUrl);
  next();
};

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
  (thrown, req, res, next) => {
    req.url = redactSecrets(req.url);
    const error = explainUnavailability(thrown) as typeof thrown;
    if (error instanceof UnavailableError) {
      logger.warn(
        `A request for API keys was answered with 503: ${error.message}`,
        errors.toError(error.reason),
      );
    }
    if (res.headersSent) {
      logger.error('An answer about API keys broke off', error);
      // Who reads must not take it for a whole one.
      res.destroy();
      return;
    }
    if (error.name === 'ServiceUnavailableError') {
      setRetryAfter(res);
    } else if (error instanceof ApiKeyRateLimitError) {
      res.setHeader('Retry-After', String(error.quota.resetsIn));
    }
    const isPublic = PUBLIC_ERRORS.has(error.name) || error.statusCode < 500;
    if (isPublic) {
      next(redact(error));
      return;
    }
    logger.error('A request for API keys failed', error);
    next(new Error('Something went wrong, the log of the backend says what'));
  };
