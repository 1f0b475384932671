import { LoggerService } from '@backstage/backend-plugin-api';
import * as errors from '@backstage/errors';
import {
  redactSecrets,
  setRetryAfter,
  ApiKeyRateLimitError,
} from 'backstage-plugin-api-keys-node/internal';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { redact } from '../lib/redact';
import { UnavailableError } from '../lib/UnavailableError';
import { explainUnavailability } from '../service/unavailability';

/** Errors whose messages are written for callers. */
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
 * Redacts the URL that Backstage logs, audits and repeats in its answers to refused requests. Routes read the original URL,
 * which the last error handler redacts.
 */
export const redactUrl: RequestHandler = (req, _res, next) => {
  req.originalUrl = redactSecrets(req.originalUrl);
  next();
};

/** Replaces messages of Express that quote an unreadable request, which may hold a secret. */
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

/** Logs the messages of internal errors instead of sending them: that of a database error holds the statement and its values. */
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
      // The reader must not take a truncated answer for a complete one.
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
