import { NotFoundError } from '@backstage/errors';
import type { RequestHandler } from 'express';
import { operationsAt } from '../openapi/document';

/** Paths that Backstage adds to every plugin: `/.backstage/…` and `/.well-known/…`. */
const OF_BACKSTAGE = /^\/\./;

/** Error that is answered as 405. */
class MethodNotAllowedError extends Error {
  readonly name = 'MethodNotAllowedError';
  readonly statusCode = 405;
}

/** Answers requests that match no route with JSON: Backstage's own answer has no body. */
export const answerUnknownPath: RequestHandler = (
  { method, path },
  res,
  next,
) => {
  // Express answers OPTIONS itself.
  if (OF_BACKSTAGE.test(path) || method === 'OPTIONS') {
    next();
    return;
  }
  const methods = operationsAt(path.replace(/\/$/, ''))
    .map(operation => operation.method.toUpperCase())
    .join(', ');
  if (!methods) throw new NotFoundError('There is nothing at this path');
  res.setHeader('Allow', methods);
  throw new MethodNotAllowedError(
    `This path does not support ${method}, only ${methods}`,
  );
};
