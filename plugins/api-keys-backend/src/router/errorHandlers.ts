import { LoggerService } from '@backstage/backend-plugin-api';
import * as errors from '@backstage/errors';
import {
  ApiKeyRateLimitError,
  redactSecrets,
} from 'backstage-plugin-api-keys-node';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { redact } from '../lib/redact';

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

const AWAY_STATUSES = [502, 503, 504];
const AWAY_CODES = ['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND'];

/** Whether another plugin that had to be asked, such as the permission backend, does not answer at the moment. */
function isAnotherPluginAway(error: {
  name: string;
  statusCode?: number;
  code?: string;
  cause?: { code?: string };
}): boolean {
  // A fetch names the reason itself, or its cause does.
  const code = error.code ?? error.cause?.code ?? '';
  return error.name === 'ResponseError'
    ? AWAY_STATUSES.includes(error.statusCode ?? 0)
    : ['FetchError', 'TypeError'].includes(error.name) &&
        AWAY_CODES.includes(code);
}

/** The message of a database error holds the statement and its values: that goes to the log, not into the answer. */
export const internalErrorHandler =
  (logger: LoggerService): ErrorRequestHandler =>
  (thrown, req, res, next) => {
    req.url = redactSecrets(req.url);
    let error = thrown;
    if (isAnotherPluginAway(thrown)) {
      logger.warn('A plugin that has to be asked does not answer', thrown);
      error = new errors.ServiceUnavailableError(
        'A part of Backstage that has to be asked does not answer',
      );
    }
    if (error.name === 'ServiceUnavailableError') {
      res.setHeader('Retry-After', String(RETRY_AFTER_SECONDS));
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
